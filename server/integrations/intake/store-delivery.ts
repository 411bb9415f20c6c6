import { setTimeout } from "node:timers/promises";
import { newId } from "@/lib/ids";
import { db } from "@/server/platform/db";
import { eventRow } from "@/server/platform/events";
import { deliveriesStored } from "../events";
import { keyOfDelivery, type NamedDelivery, type NewDelivery, putDeliveries } from "./delivery.repository";

const MOST_AT_ONCE = 200;

interface Waiting {
  readonly delivery: NewDelivery;
  readonly resolve: (stored: boolean) => void;
  readonly reject: (error: unknown) => void;
}

/** While one statement is committed the next is written. */
const MOST_UNDER_WAY = 2;
/** Between the beginnings of two statements: one costs about as much for one push as for ten. The first after a pause waits for nothing. */
const APART_MS = 5;

const waiting: Waiting[] = [];
let underWay = 0;
let nextTurn = 0;

/**
 * Stores a push, with the event that starts its processing unless a run is on its way to it; resolves when that is committed. Pushes that arrive while a
 * commit is under way share the next one: an emitting commit notifies the worker, PostgreSQL lets such commits through one
 * by one, and one flush to disk a push would be the ceiling of the whole door.
 * @returns false when the connection is no longer what the caller saw; then nothing was stored.
 */
export function storeDelivery(delivery: NewDelivery): Promise<boolean> {
  return new Promise((resolve, reject) => {
    waiting.push({ delivery, resolve, reject });
    if (underWay < MOST_UNDER_WAY) void storeAll();
  });
}

async function storeAll(): Promise<void> {
  underWay += 1;
  try {
    while (waiting.length > 0) {
      await myTurn();
      await storeBatch(waiting.splice(0, MOST_AT_ONCE));
    }
  } finally {
    underWay -= 1;
  }
}

async function myTurn(): Promise<void> {
  const now = performance.now();
  const turn = Math.max(now, nextTurn);
  nextTurn = turn + APART_MS;
  if (turn > now) await setTimeout(turn - now);
}

/** Never rejects: every waiting push learns its own outcome. A batch that fails is tried push by push, so one cannot fail its neighbours. */
async function storeBatch(batch: readonly Waiting[]): Promise<void> {
  // Whoever had the turn before took them all.
  if (batch.length === 0) return;
  try {
    const stored = await commit(batch.map((entry) => entry.delivery));
    for (const entry of batch) entry.resolve(stored.has(keyOfDelivery(entry.delivery)));
  } catch (error) {
    if (batch.length === 1) {
      batch[0]?.reject(error);
      return;
    }
    for (const entry of batch) await storeBatch([entry]);
  }
}

async function nameDelivery(delivery: NewDelivery): Promise<NamedDelivery> {
  const { workspaceId, connectionId } = delivery;
  const id = newId();
  return { ...delivery, id, event: await eventRow(deliveriesStored.create({ workspaceId, connectionId, deliveryIds: [id] })) };
}

async function commit(deliveries: readonly NewDelivery[]): Promise<ReadonlySet<string>> {
  const stored = await putDeliveries(db, await Promise.all(deliveries.map(nameDelivery)));
  return new Set(stored.map(keyOfDelivery));
}
