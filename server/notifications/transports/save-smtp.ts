import type { Actor } from "@/server/access/index";
import { writeAudit } from "@/server/platform/audit";
import { invalid } from "@/server/platform/errors";
import { inWorkspace } from "@/server/platform/transaction";
import { type NoticeDeps, processDeps } from "../deps";
import { verifyMailServer } from "../email/smtp";
import type { SaveSmtpInput } from "../schema";
import { putTransport, transportIdFor } from "./transport.repository";
import { openSmtp, type SmtpState, sealSecrets } from "./transport-facts";

/**
 * Connects the workspace's mail server: signs in first and stores only what works. A left-out password stays the stored one,
 * but only for the same host, port, protection and user: it never goes to another server, nor in the clear.
 * @throws DeliveryFailure `notices.smtp_auth` and the like, AppError `notices.smtp_password_needed`: nothing is stored then.
 */
export async function saveSmtp(workspaceId: string, actor: Actor, input: SaveSmtpInput, deps: NoticeDeps = processDeps()): Promise<void> {
  const { password: given, ...state } = input;
  const { transportId, stored } = await inWorkspace(workspaceId, async (scope) => ({
    transportId: await transportIdFor(scope, "smtp"),
    stored: await openSmtp(scope),
  }));
  const password = given ?? (stored !== null && isSameDoor(stored.server, state) ? stored.server.password : "");
  if (state.user !== "" && password === "") throw invalid("notices.smtp_password_needed");
  await verifyMailServer({ ...state, password }, deps);
  const now = deps.clock.now();
  await inWorkspace(workspaceId, async (scope) => {
    await putTransport(scope, {
      id: transportId,
      kind: "smtp",
      ...(await sealSecrets(scope, transportId, { password })),
      hints: { hasPassword: password !== "" },
      state,
      webhookTokenHash: null,
      checkedAt: now,
    });
    await writeAudit(scope, {
      actor,
      ip: actor.ip,
      action: "notice_transport.saved",
      subject: { type: "notice_transport", id: transportId },
      details: { kind: "smtp", host: state.host, port: state.port, security: state.security },
    });
  });
}

function isSameDoor(stored: SmtpState, next: SmtpState): boolean {
  return stored.host === next.host && stored.port === next.port && stored.security === next.security && stored.user === next.user;
}
