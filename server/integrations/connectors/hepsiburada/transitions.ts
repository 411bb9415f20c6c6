import type { OrderFacts, OrderTransition, TransitionField } from "../../contract/orders";
import { readFacts } from "./facts";
import { type ContextLine, readContext } from "./order-context";
import { isOpen, stateOf } from "./order-states";

export const TRANSITION_IDS = ["package", "cancel", "unpack", "intransit", "deliver", "undeliver"] as const;
export type TransitionId = (typeof TRANSITION_IDS)[number];

/** The service publishes no list of reasons; this one number is what clients in use send [T]. */
export const CANCEL_REASONS = [{ value: "83", label: "Stokta yok (83)" }] as const;

const REASON: TransitionField = { name: "reason", required: true, options: CANCEL_REASONS };
const FREE_REASON: TransitionField = { name: "reason", required: true };
const TRACKING: TransitionField = { name: "trackingNumber", required: true };
const RECEIVER: TransitionField = { name: "comment", required: true };
const DAY: TransitionField = { name: "date", required: false };

export const isShipped = (line: ContextLine) => line.status === "InTransit" || line.status === "Shipped";

/** Lines a transition is about; empty = it is not to be had. */
export function linesFor(id: TransitionId, lines: readonly ContextLine[]): readonly ContextLine[] {
  switch (id) {
    case "package":
      return lines.filter((line) => isOpen(line.status) && line.canPack !== false);
    case "cancel":
      return lines.filter((line) => isOpen(line.status) && line.canCancel !== false);
    case "unpack":
    case "intransit":
      return lines.filter((line) => line.status === "Packaged" && line.package !== undefined);
    case "deliver":
    case "undeliver":
      return lines.filter((line) => isShipped(line) && line.package !== undefined);
  }
}

/**
 * Lines are packed (into one package) or cancelled while they are open; a package can be taken apart until it is handed over.
 * On its way and delivered are told by the carrier, or by us where the carrier is the seller's own.
 */
export function transitions(order: OrderFacts, facts: Readonly<Record<string, unknown>>): readonly OrderTransition[] {
  const { lines } = readContext(order.remoteContext);
  const has = (id: TransitionId) => linesFor(id, lines).length > 0;
  const wanted = lines.filter((line) => stateOf(line.status) !== "cancelled");
  const all = (id: TransitionId) => linesFor(id, lines).length === wanted.length;
  const found: OrderTransition[] = [];
  if (has("package")) found.push({ id: "package", action: "pack", ...(all("package") ? { to: "packed" } : {}), fields: [] });
  if (has("intransit") && readFacts(facts).ownCarrier === true) {
    found.push({ id: "intransit", action: "ship", ...(all("intransit") ? { to: "shipped" } : {}), fields: [TRACKING, DAY] });
  }
  if (has("deliver") && readFacts(facts).ownCarrier === true) {
    found.push({ id: "deliver", action: "deliver", ...(all("deliver") ? { to: "delivered" } : {}), fields: [RECEIVER, DAY] });
    found.push({ id: "undeliver", action: "set_state", label: "Undelivered", fields: [FREE_REASON, DAY] });
  }
  if (has("unpack")) found.push({ id: "unpack", action: "set_state", label: "Unpack", ...(all("unpack") ? { to: "confirmed" } : {}), fields: [] });
  if (has("cancel")) found.push({ id: "cancel", action: "cancel", ...(all("cancel") ? { to: "cancelled" } : {}), fields: [REASON] });
  return found;
}
