import { type OpenConnection, reportOutcome } from "@/server/integrations/index";
import type { Clock } from "@/server/platform/clock";
import { AppError } from "@/server/platform/errors";
import { inWorkspace } from "@/server/platform/transaction";
import { ingestPage } from "./ingest-page";

/**
 * Reads one order from the service and applies it like a page of a poll.
 * @throws ConnectorError; AppError `connection.no_orders`.
 */
export async function readOrderAgain(
  ref: { readonly workspaceId: string; readonly connectionId: string; readonly deliveryId?: string | undefined },
  open: OpenConnection,
  orderExternalId: string,
  clock: Clock,
): Promise<void> {
  const { orders } = open.connector;
  if (orders === undefined) throw new AppError("connection.no_orders", { status: 400 });
  const order = await orders.read(open.context, { externalId: orderExternalId });
  await inWorkspace(ref.workspaceId, (scope) =>
    ingestPage(
      scope,
      { connection: open.connection, deliveryId: ref.deliveryId, source: "push", hasTaken: (found, change) => orders.hasTaken(found, change) },
      { stream: "orders", page: { records: [order], rejected: [], received: 1 } },
      clock.now(),
    ),
  );
  await reportOutcome(ref.workspaceId, ref.connectionId, null, clock);
}
