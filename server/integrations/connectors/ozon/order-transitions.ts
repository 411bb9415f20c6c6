import type { ExternalOrder, OrderChange, OrderFacts, OrderTransition } from "../../contract/orders";
import { ENDPOINTS, type Endpoint } from "./endpoints";
import { mayCall, readFacts } from "./facts";
import { stateOf } from "./order-mapper";

/** What can be done with a posting. `available_actions` of the service decide; nothing is offered that it does not name. Pure. */

/** Reasons a seller may cancel for (description of `/v1/posting/fbs/cancel-reason`), until the connection test has asked. */
const REASONS = [
  { value: "352", label: "Товар закончился на складе продавца" },
  { value: "400", label: "Остался только бракованный товар" },
  { value: "402", label: "Другое (вина продавца)" },
] as const;
/** Wants words with it (description of `/v2/posting/fbs/cancel`). */
export const OTHER_REASON = "402";

interface Rule {
  /** The service's own word in `available_actions`. */
  readonly action: string;
  readonly needs: Endpoint;
  make(facts: Readonly<Record<string, unknown>>): OrderTransition;
}

const RULES: readonly Rule[] = [
  { action: "ship", needs: ENDPOINTS.fbsShip, make: () => ({ id: "ship", action: "pack", to: "packed", fields: [] }) },
  {
    action: "set_track_number",
    needs: ENDPOINTS.trackingSet,
    make: () => ({ id: "track", action: "set_tracking", fields: [{ name: "trackingNumber", required: true }] }),
  },
  { action: "non_int_delivering", needs: ENDPOINTS.rfbsDelivering, make: () => ({ id: "delivering", action: "ship", to: "shipped", fields: [] }) },
  {
    action: "non_int_last_mile",
    needs: ENDPOINTS.rfbsLastMile,
    make: () => ({ id: "last-mile", action: "set_state", label: "Последняя миля", to: "shipped", fields: [] }),
  },
  { action: "non_int_delivered", needs: ENDPOINTS.rfbsDelivered, make: () => ({ id: "delivered", action: "deliver", to: "delivered", fields: [] }) },
  {
    action: "cancel",
    needs: ENDPOINTS.fbsCancel,
    make: (facts) => ({
      id: "cancel",
      action: "cancel",
      to: "cancelled",
      fields: [
        { name: "reason", required: true, options: readFacts(facts).cancelReasons ?? REASONS },
        { name: "comment", required: false },
      ],
    }),
  },
];

function actionsOf(context: Readonly<Record<string, string>> | undefined): readonly string[] {
  return (context?.["actions"] ?? "").split(",");
}

export function transitions(order: OrderFacts, facts: Readonly<Record<string, unknown>>): readonly OrderTransition[] {
  const actions = actionsOf(order.remoteContext);
  // In a state nobody has heard of nothing is done by guess.
  if (stateOf(order.remoteState) === "unknown") return [];
  return RULES.filter((rule) => actions.includes(rule.action) && mayCall(facts, rule.needs)).map((rule) => rule.make(facts));
}

const ON_THE_WAY = new Set(["sent_by_seller", "delivering", "driver_pickup", "delivered"]);
const PACKED = new Set([...ON_THE_WAY, "awaiting_deliver", "acceptance_in_progress", "arbitration", "client_arbitration"]);

/** An assembly may fail after it was accepted: `ship_failed` says so, and then it has to be done again. */
export function hasTaken(found: ExternalOrder, { transitionId, fields }: OrderChange): boolean {
  switch (transitionId) {
    case "ship":
      return PACKED.has(found.remoteState) && found.remoteContext?.["substatus"] !== "ship_failed";
    case "cancel":
      return found.state === "cancelled";
    case "track":
      return found.trackingNumber === fields["trackingNumber"]?.trim();
    case "delivering":
      return ON_THE_WAY.has(found.remoteState);
    case "last-mile":
      // No state of its own is told: what has been done is no longer offered.
      return ON_THE_WAY.has(found.remoteState) && !actionsOf(found.remoteContext).includes("non_int_last_mile");
    case "delivered":
      return found.remoteState === "delivered";
    default:
      return false;
  }
}
