import { newId } from "@/lib/ids";
import { db } from "@/server/platform/db";
import { inWorkspace } from "@/server/platform/transaction";
import { putTransport } from "../transports/transport.repository";
import { sealSecrets } from "../transports/transport-facts";
import type { Desk } from "./make-desk";

/** A bot nobody talks to, and the person's chat with it. */
export async function withTelegram(desk: Desk, userId: string, chatId = "5100000001"): Promise<void> {
  const { workspaceId, clock } = desk;
  const transportId = newId();
  await inWorkspace(workspaceId, async (scope) =>
    putTransport(scope, {
      id: transportId,
      kind: "telegram",
      ...(await sealSecrets(scope, transportId, { token: "1:x", webhookSecret: "s" })),
      hints: {},
      state: { botId: "1", username: "bot", mode: "polling", offset: 0 },
      webhookTokenHash: null,
      checkedAt: clock.now(),
    }),
  );
  await db.noticeAddress.create({ data: { id: newId(), workspaceId, userId, channel: "telegram", address: chatId, label: "@x", verifiedAt: clock.now() } });
}

/** A mail server nobody listens at. */
export async function withMail({ workspaceId, clock }: Desk): Promise<void> {
  const transportId = newId();
  await inWorkspace(workspaceId, async (scope) =>
    putTransport(scope, {
      id: transportId,
      kind: "smtp",
      ...(await sealSecrets(scope, transportId, { password: "" })),
      hints: {},
      state: { host: "127.0.0.1", port: 1, security: "none", user: "", fromAddress: "karavan@example.test", fromName: "" },
      webhookTokenHash: null,
      checkedAt: clock.now(),
    }),
  );
}
