import { parseJson } from "@/lib/json";
import { constantTimeEqual, hashToken } from "@/server/platform/crypto";
import { logger } from "@/server/platform/logger";
import { inWorkspace } from "@/server/platform/transaction";
import { type NoticeDeps, processDeps } from "../deps";
import { findWebhookTransport } from "../transports/stray.repository";
import { openTelegram } from "../transports/transport-facts";
import { receiveUpdate } from "./receive-update";
import { botUpdateSchema } from "./updates";

export const SECRET_HEADER = "x-telegram-bot-api-secret-token";
/** An update is a message or less; texts end at 4096 characters. */
const MOST_BYTES = 262_144;
const TOKEN = /^[\w-]{43}$/;

/**
 * One call of Telegram. It needs the unguessable address and the secret of the header, which are two: addresses end up in logs.
 * The body is read only for a caller who has both.
 * @returns the HTTP status: 404 unknown address, 401 wrong secret, 413 too long, 200 taken (also what we do not understand: it
 * would only come again).
 */
export async function receiveTelegramWebhook(
  call: { readonly token: string; readonly secret: string | null; readonly body: ReadableStream<Uint8Array> | null },
  deps: NoticeDeps = processDeps(),
): Promise<number> {
  const found = TOKEN.test(call.token) ? await findWebhookTransport(hashToken(call.token)) : null;
  if (found === null) return 404;
  const bot = await inWorkspace(found.workspaceId, openTelegram);
  if (bot === null || bot.id !== found.id) return 404;
  if (call.secret === null || !constantTimeEqual(call.secret, bot.webhookSecret)) return 401;
  const body = await readAtMost(call.body, MOST_BYTES);
  if (body === null) return 413;
  if (!bot.isActive) return 200;
  const update = readUpdate(body);
  if (update === null) logger.warn({ workspaceId: found.workspaceId }, "Telegram sent something that is no update");
  else await receiveUpdate(found.workspaceId, bot, update, deps);
  return 200;
}

/** @returns null when there is more; the sender is cut off then. */
async function readAtMost(stream: ReadableStream<Uint8Array> | null, most: number): Promise<string | null> {
  if (stream === null) return "";
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.byteLength;
    if (size > most) {
      await reader.cancel("too long");
      return null;
    }
    text += decoder.decode(value, { stream: true });
  }
}

function readUpdate(body: string) {
  try {
    const parsed = botUpdateSchema.safeParse(parseJson(body));
    return parsed.success ? parsed.data : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
