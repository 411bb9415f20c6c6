import { inWorkspace } from "@/server/platform/transaction";
import { DeliveryFailure } from "../delivery/delivery-failure";
import { type NoticeDeps, processDeps } from "../deps";
import { verifyMailServer } from "../email/smtp";
import type { TransportKind } from "../schema";
import { type BotApi, botApi } from "../telegram/bot-api";
import { webhookBase } from "../telegram/webhook-rules";
import { noteTransport } from "./transport.repository";
import { openSmtp, openTelegram, present, type TelegramTransport } from "./transport-facts";

export interface CheckResult {
  readonly ok: boolean;
  readonly errorCode: string | null;
  readonly errorText: string | null;
}

/**
 * Asks the bot or signs in to the mail server now and keeps the answer.
 * @throws AppError `notices.no_transport`
 */
export async function checkTransport(workspaceId: string, kind: TransportKind, deps: NoticeDeps = processDeps()): Promise<CheckResult> {
  const { id, ask } = kind === "telegram" ? await telegramCheck(workspaceId, deps) : await smtpCheck(workspaceId, deps);
  const failure = await ask().then(
    () => null,
    (error: unknown) => {
      if (error instanceof DeliveryFailure) return error;
      throw error;
    },
  );
  await inWorkspace(workspaceId, (scope) => noteTransport(scope, id, failure?.code ?? null, deps.clock.now()));
  return { ok: failure === null, errorCode: failure?.code ?? null, errorText: failure?.remoteText ?? null };
}

async function telegramCheck(workspaceId: string, deps: NoticeDeps) {
  const bot = present(await inWorkspace(workspaceId, openTelegram));
  const api = botApi({ workspaceId, transportId: bot.id, token: bot.token, baseUrl: deps.telegramBaseUrl, timeoutMs: deps.timeoutMs });
  return { id: bot.id, ask: () => askBot(api, bot, deps) };
}

/** An error of Telegram's last call that is older than this says nothing about now. */
const RECENT_MS = 15 * 60_000;

/** The bot answers, and Telegram's calls reach this installation. */
async function askBot(api: BotApi, bot: TelegramTransport, { publicUrl, clock }: NoticeDeps): Promise<void> {
  await api.getMe();
  if (bot.state.mode !== "webhook") return;
  const info = await api.getWebhookInfo();
  if (!info.url.startsWith(webhookBase(publicUrl))) {
    throw new DeliveryFailure("notices.telegram_conflict", { retryable: false, blame: "transport", remoteText: "Telegram calls another address" });
  }
  const failedAt = (info.last_error_date ?? 0) * 1_000;
  if (info.pending_update_count > 0 && clock.now().getTime() - failedAt < RECENT_MS) {
    throw new DeliveryFailure("notices.telegram_webhook_failing", { retryable: true, blame: "transport", remoteText: info.last_error_message });
  }
}

async function smtpCheck(workspaceId: string, deps: NoticeDeps) {
  const mail = present(await inWorkspace(workspaceId, openSmtp));
  return { id: mail.id, ask: () => verifyMailServer(mail.server, deps) };
}
