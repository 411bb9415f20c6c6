import { z } from "zod";
import { parseJson, RawInteger, stringifyJson } from "@/lib/json";
import { env } from "@/server/platform/env";
import { HttpFailure } from "@/server/platform/http/failure";
import { createRemoteHttp, type HttpResponse } from "@/server/platform/http/remote-http";
import { DeliveryFailure } from "../delivery/delivery-failure";
import { type BotUpdate, botMeSchema, botUpdateSchema, webhookInfoSchema } from "./updates";

/**
 * The Telegram Bot API 10.1 (11 June 2026), the few methods notices need; facts from shared/apis/iyzico-luca-banks-telegram.md §6.
 * The token is part of every path: calls are therefore not recorded, and errors carry the host and Telegram's words only.
 */
export interface BotApi {
  /** @throws DeliveryFailure */
  getMe(): Promise<z.output<typeof botMeSchema>>;
  /** `html`: b, i, a and the like, at most 4096 characters without the tags. @throws DeliveryFailure */
  sendMessage(chatId: string, html: string, options?: { readonly silent?: boolean }): Promise<void>;
  setWebhook(url: string, secret: string): Promise<void>;
  deleteWebhook(): Promise<void>;
  /** Whom Telegram calls, and how its last call went. */
  getWebhookInfo(): Promise<z.output<typeof webhookInfoSchema>>;
  /** Waits up to `waitSeconds` for something new. Confirms everything below `offset`. */
  getUpdates(offset: number, waitSeconds: number): Promise<BotUpdate[]>;
}

export interface BotApiOptions {
  readonly workspaceId: string;
  readonly transportId: string;
  readonly token: string;
  readonly baseUrl: string;
  readonly timeoutMs: number;
}

const OFFICIAL = "https://api.telegram.org";

/** The service, or its simulator where the installation talks to the sandbox. */
export function telegramBaseUrl(): string {
  return env.SANDBOX_URL === "" ? OFFICIAL : `${env.SANDBOX_URL.replace(/\/$/, "")}/telegram`;
}

/** The bots FAQ names about 30 messages a second overall; the pace stays a little below. */
const LIMITS = [{ group: "bot", points: 25, perSeconds: 1 }];
const MOST_BYTES = 1_048_576;
/** What we want to hear: words people write to the bot, and whether they block it. */
const ALLOWED_UPDATES = ["message", "my_chat_member"];

const answerSchema = z.object({
  ok: z.boolean(),
  result: z.unknown().optional(),
  error_code: z.number().optional(),
  description: z.string().optional(),
  parameters: z.object({ retry_after: z.number().optional(), migrate_to_chat_id: z.union([z.number(), z.string()]).optional() }).optional(),
});
type Answer = z.output<typeof answerSchema>;

export function botApi(options: BotApiOptions): BotApi {
  const { workspaceId, transportId, token, baseUrl, timeoutMs } = options;
  const http = createRemoteHttp({
    workspaceId,
    connectionId: transportId,
    baseUrl,
    limits: LIMITS,
    limitKey: `telegram:${transportId}`,
    record: () => undefined,
  });

  async function call(method: string, fields: Readonly<Record<string, unknown>>, extra: { repeatable: boolean; waitMs?: number }): Promise<unknown> {
    const response = await http
      .send({
        method: "POST",
        path: `/bot${token}/${method}`,
        group: "bot",
        headers: { "content-type": "application/json" },
        body: stringifyJson(fields),
        timeoutMs: timeoutMs + (extra.waitMs ?? 0),
        repeatable: extra.repeatable,
        maxBytes: MOST_BYTES,
      })
      .catch((error: unknown) => {
        throw error instanceof HttpFailure ? unreachable(error) : error;
      });
    const answer = readAnswer(response);
    if (!answer.ok) throw failureOf(response.status, answer);
    return answer.result;
  }

  return {
    getMe: async () => parse(botMeSchema, await call("getMe", {}, { repeatable: true })),
    async sendMessage(chatId, html, { silent = false } = {}) {
      const fields = {
        chat_id: new RawInteger(chatId),
        text: html,
        parse_mode: "HTML",
        link_preview_options: { is_disabled: true },
        disable_notification: silent,
      };
      await call("sendMessage", fields, { repeatable: false });
    },
    async setWebhook(url, secret) {
      await call("setWebhook", { url, secret_token: secret, allowed_updates: ALLOWED_UPDATES, max_connections: 5 }, { repeatable: true });
    },
    async deleteWebhook() {
      await call("deleteWebhook", {}, { repeatable: true });
    },
    getWebhookInfo: async () => parse(webhookInfoSchema, await call("getWebhookInfo", {}, { repeatable: true })),
    async getUpdates(offset, waitSeconds) {
      const fields = { offset, limit: 100, timeout: waitSeconds, allowed_updates: ALLOWED_UPDATES };
      const result = await call("getUpdates", fields, { repeatable: false, waitMs: waitSeconds * 1_000 });
      return parse(z.array(botUpdateSchema), result);
    },
  };
}

function parse<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new DeliveryFailure("notices.telegram_malformed", { retryable: true, cause: parsed.error });
  return parsed.data;
}

function readAnswer(response: HttpResponse): Answer {
  try {
    return answerSchema.parse(parseJson(response.text()));
  } catch (cause) {
    // A gateway's HTML page in place of the service's answer.
    if (response.status >= 500) throw new DeliveryFailure("notices.telegram_unreachable", { retryable: true, cause });
    throw new DeliveryFailure("notices.telegram_malformed", { retryable: true, cause });
  }
}

function unreachable(failure: HttpFailure): DeliveryFailure {
  const retryAfterMs = failure.kind === "rate-limited" ? (failure.retryAfterMs ?? null) : null;
  return new DeliveryFailure("notices.telegram_unreachable", { retryable: failure.kind !== "refused", retryAfterMs, remoteText: failure.code, cause: failure });
}

/** What an error answer means. 403 and the two 400s are about one person, 401 and 404 about the token. */
function failureOf(status: number, answer: Answer): DeliveryFailure {
  const code = answer.error_code ?? status;
  const remoteText = answer.description ?? null;
  const { retry_after: retryAfter, migrate_to_chat_id: movedTo } = answer.parameters ?? {};
  if (code === 429) return new DeliveryFailure("notices.telegram_throttled", { retryable: true, retryAfterMs: (retryAfter ?? 1) * 1_000, remoteText });
  if (code === 401 || code === 404) return new DeliveryFailure("notices.telegram_unauthorized", { retryable: true, blame: "transport", remoteText });
  if (isGone(code, remoteText ?? "")) return new DeliveryFailure("notices.telegram_chat_not_found", { retryable: false, blame: "address", remoteText });
  if (code === 403) return new DeliveryFailure("notices.telegram_blocked", { retryable: false, blame: "address", remoteText });
  if (code === 409) return new DeliveryFailure("notices.telegram_conflict", { retryable: true, blame: "transport", remoteText });
  if (movedTo !== undefined) return new DeliveryFailure("notices.telegram_moved", { retryable: true, retryAfterMs: 0, movedTo: String(movedTo), remoteText });
  if (code >= 500) return new DeliveryFailure("notices.telegram_unreachable", { retryable: true, remoteText });
  return new DeliveryFailure("notices.telegram_refused", { retryable: false, remoteText });
}

/** The account is gone, or this bot has never been started there: only a new link helps. */
function isGone(code: number, text: string): boolean {
  if (code === 403) return /user is deactivated|can't initiate conversation/i.test(text);
  return code === 400 && /chat not found|PEER_ID_INVALID/i.test(text);
}
