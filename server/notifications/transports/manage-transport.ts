import type { Actor } from "@/server/access/index";
import { writeAudit } from "@/server/platform/audit";
import { notFound } from "@/server/platform/errors";
import { logger } from "@/server/platform/logger";
import { inWorkspace } from "@/server/platform/transaction";
import { type NoticeDeps, processDeps } from "../deps";
import type { TransportKind } from "../schema";
import { forgetTelegramAddresses } from "../telegram/address.repository";
import { botApi } from "../telegram/bot-api";
import { activateTransport, deleteTransport, findTransport } from "./transport.repository";
import { openTelegram } from "./transport-facts";

/** Switches a transport off or on again; while it is off nothing is queued for it. @throws AppError `notices.no_transport` */
export async function setTransportActive(
  workspaceId: string,
  actor: Actor,
  { kind, isActive }: { readonly kind: TransportKind; readonly isActive: boolean },
): Promise<void> {
  await inWorkspace(workspaceId, async (scope) => {
    if (!(await activateTransport(scope, kind, isActive))) throw notFound("notices.no_transport");
    await writeAudit(scope, { actor, ip: actor.ip, action: isActive ? "notice_transport.resumed" : "notice_transport.paused", details: { kind } });
  });
}

/** Forgets the bot or mail server with its secrets; with the bot go the links of the members. @throws AppError `notices.no_transport` */
export async function removeTransport(workspaceId: string, actor: Actor, kind: TransportKind, deps: NoticeDeps = processDeps()): Promise<void> {
  const bot = kind === "telegram" ? await inWorkspace(workspaceId, openTelegram) : null;
  await inWorkspace(workspaceId, async (scope) => {
    if ((await findTransport(scope, kind)) === null) throw notFound("notices.no_transport");
    await deleteTransport(scope, kind);
    if (kind === "telegram") await forgetTelegramAddresses(scope);
    await writeAudit(scope, { actor, ip: actor.ip, action: "notice_transport.removed", details: { kind } });
  });
  if (bot?.state.mode !== "webhook") return;
  const api = botApi({ workspaceId, transportId: bot.id, token: bot.token, baseUrl: deps.telegramBaseUrl, timeoutMs: deps.timeoutMs });
  // Telegram may not be told (the token may be dead): our address answers 404 from now on anyway.
  await api.deleteWebhook().catch((error: unknown) => logger.warn({ err: error, workspaceId }, "the bot's webhook could not be removed"));
}
