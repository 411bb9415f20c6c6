import type { Actor } from "@/server/access/index";
import { writeAudit } from "@/server/platform/audit";
import { hashToken, newToken } from "@/server/platform/crypto";
import { conflict } from "@/server/platform/errors";
import { inWorkspace } from "@/server/platform/transaction";
import { type NoticeDeps, processDeps } from "../deps";
import type { SaveTelegramInput } from "../schema";
import { forgetTelegramAddresses } from "../telegram/address.repository";
import { botApi } from "../telegram/bot-api";
import { webhookBase, webhookPossible } from "../telegram/webhook-rules";
import { isBotElsewhere } from "./stray.repository";
import { findTransport, putTransport, transportIdFor } from "./transport.repository";
import { sealSecrets, telegramStateSchema } from "./transport-facts";

/**
 * Connects the workspace's bot: asks Telegram who it is, agrees on webhook or polling, and keeps the token sealed. Another bot
 * than before cannot write to people who pressed Start with the old one, so their links end.
 * @throws DeliveryFailure `notices.telegram_unauthorized` and the like, AppError `notices.telegram_bot_taken`: nothing is stored then.
 */
export async function saveTelegram(workspaceId: string, actor: Actor, input: SaveTelegramInput, deps: NoticeDeps = processDeps()): Promise<void> {
  const transportId = await inWorkspace(workspaceId, (scope) => transportIdFor(scope, "telegram"));
  const api = botApi({ workspaceId, transportId, token: input.token, baseUrl: deps.telegramBaseUrl, timeoutMs: deps.timeoutMs });
  const me = await api.getMe();
  // Two listeners would take each other's updates away.
  if (await isBotElsewhere(me.id, workspaceId)) throw conflict("notices.telegram_bot_taken");
  const mode = input.mode === "auto" ? (webhookPossible(deps.publicUrl) ? "webhook" : "polling") : input.mode;
  const [pathToken, webhookSecret] = [newToken(), newToken()];
  // Telegram learns the new address before the row names it: a call in between gets 404 and comes again.
  if (mode === "webhook") await api.setWebhook(`${webhookBase(deps.publicUrl)}${pathToken}`, webhookSecret);
  else await api.deleteWebhook();
  const now = deps.clock.now();
  await inWorkspace(workspaceId, async (scope) => {
    const before = await findTransport(scope, "telegram");
    const known = before === null ? null : telegramStateSchema.parse(before.state);
    if (known !== null && known.botId !== me.id) await forgetTelegramAddresses(scope);
    await putTransport(scope, {
      id: transportId,
      kind: "telegram",
      ...(await sealSecrets(scope, transportId, { token: input.token, webhookSecret })),
      hints: { token: `…${input.token.slice(-4)}` },
      state: { botId: me.id, username: me.username, mode, offset: known?.botId === me.id ? known.offset : 0 },
      webhookTokenHash: mode === "webhook" ? hashToken(pathToken) : null,
      checkedAt: now,
    });
    await writeAudit(scope, {
      actor,
      ip: actor.ip,
      action: "notice_transport.saved",
      subject: { type: "notice_transport", id: transportId },
      details: { kind: "telegram", bot: me.username, mode },
    });
  });
}
