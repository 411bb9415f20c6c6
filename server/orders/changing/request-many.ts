import { conflict, notFound } from "@/server/platform/errors";
import type { Scope } from "@/server/platform/transaction";
import { announce } from "../announce";
import type { BulkAction, ManyRequested, RequestManyInput } from "../schema";
import { findChange, type HeldOrder, lockOrdersById } from "./change.repository";
import { REQUEST_DEPS, type RequestDeps, type Requester, transitionsOf, write } from "./request-change";

/**
 * Asks for one action at many orders: at each the service's own transition of that name, where it allows one that needs no words.
 * The others are left as they are and named. Repeating the call with the same change ids asks for nothing twice.
 * @throws AppError `orders.not_found` when none of them is there, `orders.nothing_to_ask` when it is allowed at none of them,
 *   `orders.change_id_taken`: then nothing is asked for.
 */
export async function requestMany(scope: Scope, requester: Requester, input: RequestManyInput, deps: RequestDeps = REQUEST_DEPS): Promise<ManyRequested> {
  const wishes = new Map(input.orders.map((wish) => [wish.orderId, wish.changeId]));
  const orders = await lockOrdersById(scope, [...wishes.keys()]);
  if (orders.length === 0) throw notFound("orders.not_found");
  const found = new Set(orders.map(({ id }) => id));
  const skipped = [...wishes.keys()].filter((id) => !found.has(id)).map((orderId) => ({ orderId, code: "orders.not_found" }));
  const asked: string[] = [];
  const remembering = { ...deps, gateway: rememberLines(deps.gateway) };
  for (const order of orders) {
    const code = await request(scope, requester, order, { action: input.action, changeId: wishes.get(order.id) ?? "" }, remembering);
    if (code === null) asked.push(order.id);
    else skipped.push({ orderId: order.id, code });
  }
  if (asked.length === 0) throw conflict("orders.nothing_to_ask", { count: orders.length });
  await announce(scope, asked);
  return { requested: asked.length, skipped };
}

/** Many orders lie at few connections: each is described once. */
function rememberLines(gateway: RequestDeps["gateway"]): RequestDeps["gateway"] {
  const known = new Map<string, ReturnType<typeof gateway.describe>>();
  return {
    describe(scope, connectionId) {
      const described = known.get(connectionId) ?? gateway.describe(scope, connectionId);
      known.set(connectionId, described);
      return described;
    },
  };
}

/** @returns why it was not asked for, or null. */
async function request(
  scope: Scope,
  requester: Requester,
  order: HeldOrder,
  { action, changeId }: { readonly action: BulkAction; readonly changeId: string },
  deps: RequestDeps,
): Promise<string | null> {
  const before = await findChange(scope, changeId);
  if (before !== null && before.orderId !== order.id) throw conflict("orders.change_id_taken");
  if (before !== null) return null;
  const transition = (await transitionsOf(scope, order, deps)).find((entry) => entry.action === action);
  if (transition === undefined) return "orders.change_not_allowed";
  if (transition.fields.some(({ required }) => required)) return "orders.field_missing";
  await write(scope, requester, order, transition, { changeId, fields: {}, now: deps.clock.now() });
  return null;
}
