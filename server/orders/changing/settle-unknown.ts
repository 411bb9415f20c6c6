import { ConnectorError } from "@/server/integrations/contract/errors";
import type { ExternalOrder } from "@/server/integrations/contract/orders";
import { describeError } from "@/server/platform/errors";
import { logger } from "@/server/platform/logger";
import { inWorkspace, type Scope } from "@/server/platform/transaction";
import { announce } from "../announce";
import { ingestOrders } from "../ingest/ingest-orders";
import { type ChangeRow, findChange, type HeldOrder, lockOrder, updateChange } from "./change.repository";
import { backoffMs } from "./change-rules";
import type { ChangeDeps, Delivery } from "./deliver-next-change";
import type { OrdersAccess } from "./gateway";
import { tellFailure } from "./tell-outcome";

export interface SettleInput {
  readonly workspaceId: string;
  readonly order: HeldOrder;
  readonly head: ChangeRow;
  readonly access: OrdersAccess;
}

/**
 * Finds out whether a change whose outcome is unknown has taken effect. The look goes through the ordinary ingest.
 * Shown → confirmed. Not shown after the grace → back into the queue. Not readable for long → a person is asked.
 */
export async function settleUnknown(input: SettleInput, deps: ChangeDeps): Promise<Delivery> {
  const { order, head, access } = input;
  let found: ExternalOrder;
  try {
    found = await access.port.read(access.context, { externalId: order.externalId, remoteContext: order.remoteContext });
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    return inWorkspace(input.workspaceId, (scope) => lookAgainLater(scope, head, error, deps));
  }
  return inWorkspace(input.workspaceId, (scope) => judge(scope, input, found, deps));
}

async function lookAgainLater(scope: Scope, head: ChangeRow, error: ConnectorError, { clock, timings }: ChangeDeps): Promise<Delivery> {
  logger.warn({ changeId: head.id, error: describeError(error) }, "an unknown change could not be looked up");
  await lockOrder(scope, head.orderId);
  const given = head.checks + 1 >= timings.maxChecks;
  const at = given ? null : new Date(clock.now().getTime() + backoffMs(head.checks + 1, error.retryAfterMs));
  const errorCode = given ? "orders.change_unprovable" : error.code;
  const mine = await updateChange(scope, {
    changeId: head.id,
    generation: head.generation,
    from: ["unknown"],
    state: "unknown",
    nextAt: at,
    errorCode,
    errorParams: given ? {} : error.params,
    errorText: error.remoteText,
    checked: true,
  });
  if (given && mine) await tellFailure(scope, head, errorCode);
  await announce(scope, [head.orderId]);
  return at === null ? { kind: "person" } : { kind: "later", at };
}

async function judge(scope: Scope, { order, head, access }: SettleInput, found: ExternalOrder, { clock }: ChangeDeps): Promise<Delivery> {
  await ingestOrders(
    scope,
    {
      connection: { id: order.connectionId, organizationId: order.organizationId },
      orders: [found],
      source: "push",
      hasTaken: (told, change) => access.port.hasTaken(told, change),
    },
    clock,
  );
  await lockOrder(scope, order.id);
  const now = await findChange(scope, head.id);
  if (now === null || now.state !== "unknown" || now.generation !== head.generation) return { kind: "moved" };
  await updateChange(scope, {
    changeId: head.id,
    generation: head.generation,
    from: ["unknown"],
    state: "queued",
    nextAt: clock.now(),
    errorCode: "orders.change_not_arrived",
    checked: true,
  });
  await announce(scope, [order.id]);
  return { kind: "moved" };
}
