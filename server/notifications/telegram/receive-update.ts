import { type AppLocale, chooseLocale, isLocale } from "@/lib/i18n/locales";
import { hashToken } from "@/server/platform/crypto";
import { logger } from "@/server/platform/logger";
import { inWorkspace } from "@/server/platform/transaction";
import { announceChange } from "../announce";
import { botText } from "../delivery/compose";
import type { NoticeDeps } from "../deps";
import { findPerson } from "../settings/person.repository";
import type { TelegramTransport } from "../transports/transport-facts";
import { markAddress, takeLink } from "./address.repository";
import { botApi } from "./bot-api";
import { escapeHtml } from "./format";
import { type BotUpdate, type Heard, hear } from "./updates";

/**
 * Takes in one update of the workspace's bot. The same update may come twice: a link works once, and a mark is a mark.
 * What the bot says in return is a courtesy; that it could not be said changes nothing.
 */
export async function receiveUpdate(workspaceId: string, bot: TelegramTransport, update: BotUpdate, deps: NoticeDeps): Promise<void> {
  const heard = hear(update);
  const answer = await act(workspaceId, heard, deps);
  if (answer === null) return;
  const api = botApi({ workspaceId, transportId: bot.id, token: bot.token, baseUrl: deps.telegramBaseUrl, timeoutMs: deps.timeoutMs });
  await api
    .sendMessage(answer.chatId, escapeHtml(answer.text))
    .catch((error: unknown) => logger.warn({ err: error, workspaceId }, "the bot could not answer in a chat"));
}

async function act(workspaceId: string, heard: Heard, deps: NoticeDeps): Promise<{ chatId: string; text: string } | null> {
  switch (heard.type) {
    case "start": {
      const person = await link(workspaceId, heard, deps.clock.now());
      if (person === null) return { chatId: heard.chatId, text: await botText(localeOf(heard.language), "linkUnknown") };
      const locale = isLocale(person.locale) ? person.locale : "en";
      return { chatId: heard.chatId, text: await botText(locale, "linked", { name: person.name, workspace: person.workspaceName }) };
    }
    case "words":
      return { chatId: heard.chatId, text: await botText(localeOf(heard.language), "hello") };
    case "blocked":
    case "unblocked":
      await mark(workspaceId, heard.chatId, heard.type === "blocked" ? "notices.telegram_blocked" : null);
      return null;
    case "nothing":
      return null;
  }
}

const localeOf = (language: string | null): AppLocale => chooseLocale(language);

async function link(workspaceId: string, { token, chatId, label }: Extract<Heard, { type: "start" }>, now: Date) {
  return inWorkspace(workspaceId, async (scope) => {
    const userId = await takeLink(scope, hashToken(token), { id: chatId, label }, now);
    if (userId === null) return null;
    await announceChange(scope, userId);
    return findPerson(scope, userId);
  });
}

async function mark(workspaceId: string, chatId: string, brokenCode: string | null): Promise<void> {
  await inWorkspace(workspaceId, async (scope) => {
    for (const userId of await markAddress(scope, "telegram", chatId, brokenCode)) await announceChange(scope, userId);
  });
}
