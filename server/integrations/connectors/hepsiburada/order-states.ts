import type { OrderState } from "../../contract/orders";

/**
 * Words of lines as clients have seen them [T]; the service publishes no list. Claims that ended in our taking the goods back are
 * words of their own here, because the line itself stays what it was.
 */
const STATES: readonly (readonly [remote: string, name: string, state: OrderState])[] = [
  ["Open", "Open (paid, to be packed)", "new"],
  ["Unpacked", "Unpacked", "confirmed"],
  ["Packaged", "Packaged", "packed"],
  ["InTransit", "InTransit", "shipped"],
  ["Shipped", "Shipped", "shipped"],
  ["Undelivered", "Undelivered (on its way back)", "shipped"],
  ["Delivered", "Delivered", "delivered"],
  ["ClaimCreated", "ClaimCreated (return asked for)", "delivered"],
  ["CancelledByMerchant", "CancelledByMerchant", "cancelled"],
  ["CancelledByCustomer", "CancelledByCustomer", "cancelled"],
  ["CancelledBySap", "CancelledBySap (by the marketplace)", "cancelled"],
  ["Claim/Accepted", "Claim accepted", "returned"],
  ["Claim/Refunded", "Claim refunded", "returned"],
];

const BY_WORD: ReadonlyMap<string, OrderState> = new Map(STATES.map(([remote, , state]) => [remote, state]));

export const ORDER_WORDS = STATES.map(([remote, name, state]) => ({ remote, name, state }));

export function stateOf(word: string): OrderState {
  return BY_WORD.get(word) ?? "unknown";
}

export const isOpen = (word: string) => word === "Open" || word === "Unpacked";

/** How far an order of several lines has got is how far its last line has. */
const RANK: Readonly<Record<OrderState, number>> = { unknown: 0, new: 1, confirmed: 2, packed: 3, shipped: 4, delivered: 5, returned: 6, cancelled: 7 };

/** The word that stands for all of them: the least advanced of the lines still wanted. */
export function leastAdvanced(words: readonly string[]): string {
  return [...words].sort((left, right) => RANK[stateOf(left)] - RANK[stateOf(right)])[0] ?? "";
}
