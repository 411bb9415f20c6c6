import { emit } from "@/server/platform/events";
import { inSystem } from "@/server/platform/transaction";
import { deliveryStored } from "../events";
import { type NewDelivery, putDeliveries } from "./delivery.repository";

const MOST_AT_ONCE = 100;

interface Waiting {
  readonly delivery: NewDelivery;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

const waiting: Waiting[] = [];
let storing = false;

/**
 * Stores a push with the event that starts its processing; resolves when both are committed. Pushes that arrive while a
 * commit is under way share the next one: an emitting commit notifies the worker, PostgreSQL lets such commits through one
 * by one, and one flush to disk a push would be the ceiling of the whole door.
 */
export function storeDelivery(delivery: NewDelivery): Promise<void> {
  return new Promise((resolve, reject) => {
    waiting.push({ delivery, resolve, reject });
    if (!storing) void storeAll();
  });
}

async function storeAll(): Promise<void> {
  storing = true;
  try {
    while (waiting.length > 0) await storeBatch(waiting.splice(0, MOST_AT_ONCE));
  } finally {
    storing = false;
  }
}

/** Never rejects: every waiting push learns its own outcome. A batch that fails is tried push by push, so one cannot fail its neighbours. */
async function storeBatch(batch: readonly Waiting[]): Promise<void> {
  try {
    await commit(batch.map((entry) => entry.delivery));
    for (const entry of batch) entry.resolve();
  } catch (error) {
    if (batch.length === 1) {
      batch[0]?.reject(error);
      return;
    }
    for (const entry of batch) await storeBatch([entry]);
  }
}

async function commit(deliveries: readonly NewDelivery[]): Promise<void> {
  await inSystem(async (tx) => {
    const stored = await putDeliveries(tx, deliveries);
    const events = stored
      .filter((row) => row.isNew)
      .map(({ id, workspaceId, connectionId }) => deliveryStored.create({ workspaceId, deliveryId: id, connectionId }));
    await emit(tx, events);
  });
}
