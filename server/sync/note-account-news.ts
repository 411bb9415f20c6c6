import { ConnectorError } from "@/server/integrations/contract/errors";
import type { PushEvent } from "@/server/integrations/contract/webhook";
import { reportOutcome } from "@/server/integrations/index";
import { writeAudit } from "@/server/platform/audit";
import type { Clock } from "@/server/platform/clock";
import { inWorkspace } from "@/server/platform/transaction";

interface Where {
  readonly workspaceId: string;
  readonly connectionId: string;
}

type Told<Type extends PushEvent["type"]> = Extract<PushEvent, { readonly type: Type }>;

/** The merchant took our access away: the connection says so like after a refused key, and the audit why. */
export async function noteRevoked(where: Where, { reason }: Told<"access-revoked">, clock: Clock): Promise<void> {
  await inWorkspace(where.workspaceId, (scope) =>
    writeAudit(scope, {
      actor: { kind: "remote" },
      action: "connection.access_revoked",
      subject: { type: "connection", id: where.connectionId },
      details: { reason },
    }),
  );
  await reportOutcome(where.workspaceId, where.connectionId, new ConnectorError("auth", "remote.auth"), clock);
}

/** What privacy law lets a buyer ask for: kept in the audit, where the people who answer for it look. Nothing is erased by a push alone. */
export async function notePersonalData(where: Where, { request, buyerRef, orders }: Told<"personal-data">): Promise<void> {
  await inWorkspace(where.workspaceId, (scope) =>
    writeAudit(scope, {
      actor: { kind: "remote" },
      action: "privacy.requested",
      subject: { type: "connection", id: where.connectionId },
      details: { request, buyerRef: buyerRef ?? null, orders: orders.slice(0, 100) },
    }),
  );
}
