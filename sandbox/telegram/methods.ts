import { z } from "zod";
import { BotApiError, badRequest, tooMany } from "./answers";
import { readHtml } from "./html-text";
import { type Bot, botView, chatView, type SentMessage, type TelegramState } from "./state";

/** Fields as they come: typed in JSON, as text in a form or a query. */
export type Fields = Readonly<Record<string, unknown>>;
const wholeNumber = z.union([
  z.number().int(),
  z
    .string()
    .regex(/^-?\d+$/)
    .transform(Number),
]);
const flag = z.union([z.boolean(), z.enum(["true", "false", "1", "0", "True", "False"]).transform((value) => /^(?:true|1)$/i.test(value))]);
const words = z.union([z.array(z.string()), z.string().transform((value): string[] => z.array(z.string()).parse(JSON.parse(value)))]);

const MOST_CHARACTERS = 4_096;
/** The bots FAQ: one message a second in one chat, about 30 a second overall. */
const CHAT_PAUSE_MS = 1_000;
const OVERALL_A_SECOND = 30;
const PORTS = new Set(["", "80", "88", "443", "8443"]);

function field<S extends z.ZodType>(fields: Fields, name: string, schema: S, wrong: string): z.output<S> | undefined {
  const value = fields[name];
  if (value === undefined || value === "") return undefined;
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw badRequest(wrong);
  return parsed.data;
}

export function getMe(bot: Bot) {
  return { ...botView(bot), can_join_groups: true, can_read_all_group_messages: false, supports_inline_queries: false, has_main_web_app: false };
}

export function sendMessage(state: TelegramState, bot: Bot, fields: Fields) {
  const person = state.people.get(chatOf(fields));
  const source = field(fields, "text", z.string(), "text must be a string");
  if (source === undefined || source.trim() === "") throw badRequest("message text is empty");
  if (person === undefined) throw badRequest("chat not found");
  if (person.isDeactivated) throw new BotApiError(403, "Forbidden: user is deactivated");
  const relation = bot.relations.get(person.id);
  if (relation === undefined) throw new BotApiError(403, "Forbidden: bot can't initiate conversation with a user");
  if (relation === "blocked") throw new BotApiError(403, "Forbidden: bot was blocked by the user");
  const parseMode = field(fields, "parse_mode", z.string(), "unsupported parse_mode") ?? null;
  if (parseMode !== null && parseMode.toUpperCase() !== "HTML") throw badRequest("unsupported parse_mode");
  const { text, links } = parseMode === null ? { text: source, links: [] } : readHtml(source);
  if (text.trim() === "") throw badRequest("message text is empty");
  if ([...text].length > MOST_CHARACTERS) throw badRequest("message is too long");
  takeTurn(state, bot, person.id);
  const at = state.host.clock.now();
  const isSilent = field(fields, "disable_notification", flag, "disable_notification must be a boolean") ?? false;
  const message: SentMessage = { messageId: bot.nextMessageId, chatId: person.id, text, source, parseMode, isSilent, links, at: at.toISOString() };
  bot.nextMessageId += 1;
  bot.sent.push(message);
  return { message_id: message.messageId, from: botView(bot), chat: chatView(person), date: Math.floor(at.getTime() / 1_000), text };
}

function chatOf(fields: Fields): number {
  const raw = fields["chat_id"];
  if (raw === undefined || raw === "") throw badRequest("chat_id is empty");
  const parsed = wholeNumber.safeParse(raw);
  if (!parsed.success) throw badRequest("chat not found");
  return parsed.data;
}

function takeTurn(state: TelegramState, bot: Bot, chatId: number): void {
  const now = state.host.clock.nowMs();
  const sinceLast = now - (bot.lastSentMs.get(chatId) ?? Number.NEGATIVE_INFINITY);
  if (sinceLast < CHAT_PAUSE_MS) throw tooMany(Math.max(1, Math.ceil((CHAT_PAUSE_MS - sinceLast) / 1_000)));
  bot.recentMs = bot.recentMs.filter((moment) => now - moment < 1_000);
  if (bot.recentMs.length >= OVERALL_A_SECOND) throw tooMany(1);
  bot.recentMs.push(now);
  bot.lastSentMs.set(chatId, now);
}

export function setWebhook(state: TelegramState, bot: Bot, fields: Fields): { result: true; description: string } {
  const url = field(fields, "url", z.string(), "invalid webhook URL specified");
  if (url === undefined) return deleteWebhook(bot, fields);
  if (!URL.canParse(url)) throw badRequest("invalid webhook URL specified");
  const target = new URL(url);
  if (!state.isLocalServer) {
    if (target.protocol !== "https:") throw badRequest("bad webhook: An HTTPS URL must be provided for webhook");
    if (!PORTS.has(target.port)) throw badRequest("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443");
  }
  const secret = z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,256}$/)
    .optional();
  const secretToken = field(fields, "secret_token", secret, "secret token contains unallowed characters") ?? null;
  const maxConnections = field(fields, "max_connections", wholeNumber, "max_connections must be a number") ?? 40;
  if (maxConnections < 1 || maxConnections > 100) throw badRequest("max_connections must be from 1 to 100");
  rememberKinds(bot, fields);
  dropPending(bot, fields);
  bot.webhook = { url, secretToken, maxConnections, lastErrorAt: null, lastErrorMessage: null };
  state.onUpdate(bot);
  return { result: true, description: "Webhook was set" };
}

export function deleteWebhook(bot: Bot, fields: Fields): { result: true; description: string } {
  dropPending(bot, fields);
  const description = bot.webhook === null ? "Webhook is already deleted" : "Webhook was deleted";
  bot.webhook = null;
  return { result: true, description };
}

export function getWebhookInfo(bot: Bot) {
  const { webhook } = bot;
  return {
    url: webhook?.url ?? "",
    has_custom_certificate: false,
    pending_update_count: bot.updates.length,
    ...(webhook === null ? {} : { max_connections: webhook.maxConnections }),
    ...(webhook?.lastErrorAt == null ? {} : { last_error_date: webhook.lastErrorAt, last_error_message: webhook.lastErrorMessage }),
    ...(bot.allowedUpdates.length === 0 ? {} : { allowed_updates: bot.allowedUpdates }),
  };
}

export interface Wanted {
  readonly limit: number;
  readonly timeoutMs: number;
}

/** Confirms what lies below the offset and says how long the caller is willing to wait. */
export function beginGetUpdates(bot: Bot, fields: Fields): Wanted {
  if (bot.webhook !== null) {
    throw new BotApiError(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first");
  }
  const offset = field(fields, "offset", wholeNumber, "offset must be a number") ?? 0;
  const limit = field(fields, "limit", wholeNumber, "limit must be a number") ?? 100;
  const timeout = field(fields, "timeout", wholeNumber, "timeout must be a number") ?? 0;
  rememberKinds(bot, fields);
  if (offset < 0) bot.updates = bot.updates.slice(offset);
  else if (offset > 0) bot.updates = bot.updates.filter((update) => update.update_id >= offset);
  return { limit: Math.min(100, Math.max(1, limit)), timeoutMs: Math.min(50, Math.max(0, timeout)) * 1_000 };
}

function rememberKinds(bot: Bot, fields: Fields): void {
  const kinds = field(fields, "allowed_updates", words, "can't parse allowed updates");
  if (kinds !== undefined) bot.allowedUpdates = kinds;
}

function dropPending(bot: Bot, fields: Fields): void {
  if (field(fields, "drop_pending_updates", flag, "drop_pending_updates must be a boolean") === true) bot.updates = [];
}
