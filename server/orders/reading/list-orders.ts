import { type Clock, systemClock } from "@/server/platform/clock";
import type { Scope } from "@/server/platform/transaction";
import { type ListOrdersInput, type OrderCounts, type OrderCursor, type OrderFilters, type OrderSummary, orderStateSchema, type ToShip } from "../schema";
import { countOrders, listOrderRows, type SummaryRow } from "./list.repository";

export interface OrderPage {
  readonly orders: OrderSummary[];
  readonly nextCursor: OrderCursor | null;
}

export async function listOrders(scope: Scope, input: ListOrdersInput, clock: Clock = systemClock): Promise<OrderPage> {
  const rows = await listOrderRows(scope, input, input.cursor, input.limit, clock.now());
  const orders = rows.slice(0, input.limit).map(summaryOf);
  const last = rows.length > input.limit ? orders.at(-1) : undefined;
  return { orders, nextCursor: last === undefined ? null : cursorOf(last, input) };
}

/** Where the list goes on after this row. */
export function cursorOf({ id, placedAt, shipBy }: Pick<OrderSummary, "id" | "placedAt" | "shipBy">, filters: Pick<OrderFilters, "shipBy">): OrderCursor {
  return { id, at: filters.shipBy === undefined ? placedAt : (shipBy ?? placedAt) };
}

/** A change that is carried out is the state itself; only what is on its way, or came to nothing, stands beside it. */
export function summaryOf({ changeId, changeAction, changeTo, changeState, ...row }: SummaryRow): OrderSummary {
  const isOpen = changeId !== null && changeAction !== null && changeState !== null && changeState !== "confirmed";
  return { ...row, wanted: isOpen ? { id: changeId, action: changeAction, toState: changeTo, state: changeState } : null };
}

/** How many orders stand in each state, and how urgent those are that have to be handed over; up to 1 000 each. */
export async function countByState(scope: Scope, connectionIds: readonly string[] | undefined, clock: Clock = systemClock): Promise<OrderCounts> {
  const counts = await countOrders(scope, orderStateSchema.options, connectionIds, clock.now());
  const of = (name: string) => counts.get(name) ?? 0;
  const states = Object.fromEntries(orderStateSchema.options.map((state) => [state, of(state)])) as OrderCounts["states"];
  return { states, late: of("late"), soon: of("soon"), waiting: of("waiting"), short: of("short") };
}

/** What has to be handed over, for Home. */
export async function countToShip(scope: Scope, clock: Clock = systemClock): Promise<ToShip> {
  const counts = await countOrders(scope, [], undefined, clock.now());
  const of = (name: string) => counts.get(name) ?? 0;
  return { late: of("late"), soon: of("soon"), waiting: of("waiting"), short: of("short") };
}
