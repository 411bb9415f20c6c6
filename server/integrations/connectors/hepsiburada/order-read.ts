import { z } from "zod";
import { ConnectorError } from "../../contract/errors";
import type { ExternalOrder } from "../../contract/orders";
import type { ConnectorContext } from "../../contract/ports";
import type { RejectedRecord } from "../../contract/records";
import type { HepsiburadaClient } from "./client";
import { readFacts } from "./facts";
import { toOrder } from "./mapper";
import type { Returned } from "./order-context";
import { orderSchema, type RemoteOrder } from "./schemas";

/** Orders on their way at once: each is a call, and at our own 20 calls a second an answer may take 0.8 s before the pace suffers. The shared limit holds over all of them. */
const AT_ONCE = 16;

export type OrderOutcome = { readonly order: ExternalOrder; readonly remote: RemoteOrder } | { readonly rejected: RejectedRecord };

/** One order by its number, mapped, or why it cannot be. @throws ConnectorError, `not-found` included. */
export async function readOrder(
  context: ConnectorContext,
  client: HepsiburadaClient,
  orderNumber: string,
  returned: readonly Returned[],
): Promise<OrderOutcome> {
  const raw = await client.order(orderNumber);
  const parsed = orderSchema.safeParse(raw);
  if (!parsed.success) return refused(orderNumber, raw, "hepsiburada.order_shape", z.prettifyError(parsed.error));
  try {
    const ownCarrier = readFacts(context.facts).ownCarrier === true;
    return { order: toOrder(parsed.data, { returned, ownCarrier, now: context.clock.now() }), remote: parsed.data };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return refused(orderNumber, raw, "hepsiburada.order_amount", error.message);
  }
}

/** Several orders, in the order they are asked for; what the service no longer knows is left out. After a failure no further one is begun. */
export async function readOrders(
  context: ConnectorContext,
  client: HepsiburadaClient,
  wanted: ReadonlyMap<string, readonly Returned[]>,
): Promise<readonly OrderOutcome[]> {
  const outcomes: (OrderOutcome | undefined)[] = [];
  const failures: unknown[] = [];
  const left = [...wanted].entries();
  async function readOneByOne(): Promise<void> {
    for (const [at, [number, returned]] of left) {
      try {
        outcomes[at] = await readOrder(context, client, number, returned);
      } catch (error) {
        if (!(error instanceof ConnectorError && error.kind === "not-found")) failures.push(error);
      }
      if (failures.length > 0) return;
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, readOneByOne));
  if (failures.length > 0) throw failures[0];
  return outcomes.filter((outcome) => outcome !== undefined);
}

function refused(externalId: string, payload: unknown, errorCode: string, errorText: string): OrderOutcome {
  return { rejected: { kind: "order", externalId, payload: withoutIdentity(payload), errorCode, errorText: errorText.slice(0, 500) } };
}

const IDENTITY: readonly string[] = ["turkishIdentityNumber", "identityNo", "taxNumber"];

/** What is kept of a record nobody could read is kept without the buyer's identity numbers: they help nobody to mend a mapper. */
function withoutIdentity(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutIdentity);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, IDENTITY.includes(name) ? null : withoutIdentity(inner)]));
}
