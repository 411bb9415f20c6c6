import { z } from "zod";
import { defineEvent } from "@/server/platform/events";

const state = z.enum(["new", "confirmed", "packed", "shipped", "delivered", "cancelled", "returned", "unknown"]);

/**
 * An order's state changed, whoever changed it. `before` null: it is new to us, and at most a day old: the first load of a shop's
 * past is no news. Emitted in the transaction that stored it.
 */
export const orderChanged = defineEvent("orders/order.changed", z.object({ workspaceId: z.uuid(), orderId: z.uuid(), before: state.nullable(), after: state }));

/** Something waits to be carried out at this order. Emitted in the transaction that wrote it. */
export const changeRequested = defineEvent("orders/change.requested", z.object({ workspaceId: z.uuid(), orderId: z.uuid(), changeId: z.uuid() }));

/** A change of ours was refused, or only a person can tell what became of it. */
export const changeFailed = defineEvent(
  "orders/change.failed",
  z.object({ workspaceId: z.uuid(), orderId: z.uuid(), changeId: z.uuid(), requestedBy: z.uuid().nullable(), code: z.string() }),
);
