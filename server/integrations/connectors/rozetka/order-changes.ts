import type { ExternalOrder, OrderChange, OrderFacts, OrderTransition, TransitionField } from "../../contract/orders";
import { refuse } from "../../contract/outgoing";
import { readFacts } from "./facts";
import { ACCEPTED, DUPLICATE, PACKING, PLANNED_HANDOVER, SHIPPED_WITH_WAYBILL, STATUSES, stateOf } from "./statuses";

/**
 * What may be done with an order, from the list the service sends with it (`status_available`): nothing else is accepted. All the ways
 * to give an order up are one transition whose reason is the status; every other status is one of its own. Pure.
 */
const CANCEL = "cancel";
const PREFIX = "status:";
const COMMENT: TransitionField = { name: "comment", required: false };
const WAYBILL: TransitionField = { name: "trackingNumber", required: true };
/** Letters and digits, as the search of the service takes them; Nova Poshta's have 14 digits. */
const WAYBILL_FORM = /^[\p{L}\d-]{4,40}$/u;
const MAX_COMMENT = 1_000;

const listed = (text: string | undefined) => (text === undefined || text === "" ? [] : text.split(","));

export function orderTransitions(order: OrderFacts, facts: Readonly<Record<string, unknown>>): OrderTransition[] {
  const names = readFacts(facts).statuses ?? {};
  const nameOf = (status: string) => names[status] ?? STATUSES.get(status)?.name ?? status;
  const next = listed(order.remoteContext["next"]).filter((status) => status !== DUPLICATE && status !== order.remoteState);
  const reasons = next.filter((status) => stateOf(status) === "cancelled");
  const moves = next.filter((status) => stateOf(status) !== "cancelled").map((status) => moveTo(status, nameOf(status)));
  if (reasons.length === 0) return moves;
  const options = reasons.map((value) => ({ value, label: nameOf(value) }));
  return [...moves, { id: CANCEL, action: "cancel", to: "cancelled", fields: [{ name: "reason", required: true, options }, COMMENT] }];
}

function moveTo(status: string, label: string): OrderTransition {
  const id = PREFIX + status;
  const state = stateOf(status);
  const to = state === "unknown" ? {} : { to: state };
  switch (status) {
    case ACCEPTED:
      return { id, action: "confirm", ...to, fields: [COMMENT] };
    case PLANNED_HANDOVER:
      return { id, action: "set_tracking", ...to, fields: [WAYBILL, COMMENT] };
    case SHIPPED_WITH_WAYBILL:
      return { id, action: "ship", ...to, fields: [WAYBILL, COMMENT] };
    case PACKING:
      return { id, action: "set_state", label, ...to, fields: [{ ...WAYBILL, required: false }, COMMENT] };
    case "6":
      return { id, action: "deliver", ...to, fields: [COMMENT] };
    default:
      return { id, action: "set_state", label, ...to, fields: [COMMENT] };
  }
}

export interface StatusChange {
  readonly status: string;
  readonly ttn?: string | undefined;
  readonly seller_comment?: string | undefined;
}

/** The change as the service takes it. @throws ConnectorError `invalid` for what it would refuse. */
export function toStatusChange({ order, transitionId, fields }: OrderChange): StatusChange {
  const status = transitionId === CANCEL ? (fields["reason"] ?? "") : transitionId.startsWith(PREFIX) ? transitionId.slice(PREFIX.length) : "";
  if (!listed(order.remoteContext["next"]).includes(status) || status === DUPLICATE) refuse("rozetka.not_allowed", { status: status.slice(0, 20) });
  const ttn = (fields["trackingNumber"] ?? "").trim();
  const comment = (fields["comment"] ?? "").trim();
  if (ttn === "" && (status === SHIPPED_WITH_WAYBILL || status === PLANNED_HANDOVER)) refuse("rozetka.waybill_missing");
  if (ttn !== "" && !WAYBILL_FORM.test(ttn)) refuse("rozetka.waybill_form", { number: ttn.slice(0, 60) });
  if ([...comment].length > MAX_COMMENT) refuse("rozetka.comment_too_long", { max: MAX_COMMENT });
  return { status, ...(ttn === "" ? {} : { ttn }), ...(comment === "" ? {} : { seller_comment: comment }) };
}

/**
 * The order is where the change leads, or has been there since. A waybill that was asked for has to be the one it carries; a new one
 * together with another status than before is proof enough, for the service goes on by itself.
 */
export function hasTaken(found: ExternalOrder, change: OrderChange): boolean {
  const { status, ttn } = toStatusChange(change);
  if (ttn !== undefined && found.trackingNumber !== ttn) return false;
  if (found.remoteState === status) return true;
  // Status 2 with a waybill becomes 61 at once, and a parcel moves by itself. A waybill that was there before proves nothing.
  if (ttn !== undefined && ttn !== change.order.trackingNumber && found.remoteState !== change.order.remoteState) return true;
  const before = listed(change.order.remoteContext["history"]).filter((past) => past === status).length;
  return listed(found.remoteContext?.["history"]).filter((past) => past === status).length > before;
}
