import { AppError } from "@/server/platform/errors";
import { inWorkspace } from "@/server/platform/transaction";
import { ingestOrders } from "../ingest/ingest-orders";
import { findHeldOrder, hasUnconfirmed } from "./change.repository";
import { CHANGE_DEPS, type ChangeDeps, type DeliverNextInput } from "./deliver-next-change";

/**
 * Reads the order back soon after a change was accepted, so that it shows as carried out without waiting for the next poll.
 * A courtesy: when it cannot be read now, the poll will confirm it.
 */
export async function confirmChanges(input: DeliverNextInput, deps: Pick<ChangeDeps, "gateway" | "clock"> = CHANGE_DEPS): Promise<{ read: boolean }> {
  const opened = await inWorkspace(input.workspaceId, async (scope) => {
    const order = await findHeldOrder(scope, input.orderId);
    if (order === null || !(await hasUnconfirmed(scope, order.id))) return null;
    return { order, access: await deps.gateway.open(scope, order.connectionId) };
  });
  if (opened === null) return { read: false };
  const { order, access } = opened;
  try {
    const found = await access.port.read(access.context, { externalId: order.externalId, remoteContext: order.remoteContext });
    const connection = { id: order.connectionId, organizationId: order.organizationId };
    await inWorkspace(input.workspaceId, (scope) =>
      ingestOrders(scope, { connection, orders: [found], source: "push", hasTaken: (told, change) => access.port.hasTaken(told, change) }, deps.clock),
    );
    return { read: true };
  } catch (error) {
    if (error instanceof AppError) return { read: false };
    throw error;
  }
}
