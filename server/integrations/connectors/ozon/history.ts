import { z } from "zod";
import type { ExternalMessage, RejectedRecord } from "../../contract/records";
import type { HistoryRequest, OzonClient } from "./client";
import { compareIds, inOrder, toMessage } from "./mapper";
import { messageSchema } from "./schemas";

const FORWARD_LIMIT = 200;
const BACKWARD_LIMIT = 1_000;
const NEWEST_LIMIT = 50;

export interface ReadHistory {
  /** Oldest first, each once. */
  readonly messages: readonly ExternalMessage[];
  readonly rejected: readonly RejectedRecord[];
}

interface Page extends ReadHistory {
  readonly hasNext: boolean;
  /** Ids of the page in remote order, odd messages included as far as they have one. */
  readonly ids: readonly string[];
}

async function readPage(client: OzonClient, request: HistoryRequest, baseUrl: string): Promise<Page> {
  const page = await client.chatHistory(request);
  const messages: ExternalMessage[] = [];
  const rejected: RejectedRecord[] = [];
  for (const raw of page.messages) {
    const parsed = messageSchema.safeParse(raw);
    if (parsed.success) messages.push(toMessage(parsed.data, baseUrl));
    else
      rejected.push({
        kind: "message",
        externalId: idOf(raw),
        payload: { chat_id: request.chatId, message: raw },
        errorCode: "ozon.message_shape",
        errorText: z.prettifyError(parsed.error).slice(0, 500),
      });
  }
  return { messages, rejected, hasNext: page.has_next === true, ids: page.messages.flatMap((raw) => idOf(raw) ?? []) };
}

function idOf(raw: unknown): string | undefined {
  const id = typeof raw === "object" && raw !== null && "message_id" in raw ? raw.message_id : undefined;
  return typeof id === "string" || typeof id === "number" ? String(id) : undefined;
}

/**
 * Everything from the head we hold to the newest message. The docs do not say whether `from_message_id` itself is included:
 * both work, the head simply comes again (the overlap).
 */
export async function readForward(client: OzonClient, chatId: string, head: string, baseUrl: string): Promise<ReadHistory> {
  const messages: ExternalMessage[] = [];
  const rejected: RejectedRecord[] = [];
  let from = head;
  for (;;) {
    const page = await readPage(client, { chatId, direction: "Forward", fromMessageId: from, limit: FORWARD_LIMIT }, baseUrl);
    messages.push(...page.messages);
    rejected.push(...page.rejected);
    const newest = [...page.ids].sort(compareIds).at(-1);
    if (!page.hasNext || newest === undefined || compareIds(newest, from) <= 0) return { messages: inOrder(messages), rejected: once(rejected) };
    from = newest;
  }
}

/** From the newest message back to `since`, or to the beginning. Used for chats we know nothing of. */
export async function readBackward(client: OzonClient, chatId: string, baseUrl: string, since?: Date, limit = BACKWARD_LIMIT): Promise<ReadHistory> {
  const messages: ExternalMessage[] = [];
  const rejected: RejectedRecord[] = [];
  let from: string | undefined;
  for (;;) {
    const page = await readPage(client, { chatId, direction: "Backward", fromMessageId: from, limit }, baseUrl);
    messages.push(...page.messages);
    rejected.push(...page.rejected);
    const oldest = [...page.ids].sort(compareIds)[0];
    const isOldEnough = since !== undefined && page.messages.some((message) => message.sentAt < since);
    const isStuck = oldest === undefined || (from !== undefined && compareIds(oldest, from) >= 0);
    if (!page.hasNext || isOldEnough || isStuck) {
      const kept = since === undefined ? messages : messages.filter((message) => message.sentAt >= since);
      return { messages: inOrder(kept), rejected: once(rejected) };
    }
    from = oldest;
  }
}

/**
 * The newest messages, and the named ones wherever they are. The neighbours are read on purpose: a push that was lost
 * just before this one is healed by the same call.
 */
export async function readNewest(client: OzonClient, chatId: string, baseUrl: string, messageIds: readonly string[]): Promise<ReadHistory> {
  const newest = await readPage(client, { chatId, direction: "Backward", limit: NEWEST_LIMIT }, baseUrl);
  const absent = messageIds.filter((id) => !newest.ids.includes(id));
  if (absent.length === 0) return { messages: inOrder(newest.messages), rejected: newest.rejected };
  const named = await readPage(client, { chatId, direction: "Backward", messageIds: absent, limit: NEWEST_LIMIT }, baseUrl);
  return { messages: inOrder([...named.messages, ...newest.messages]), rejected: once([...named.rejected, ...newest.rejected]) };
}

/** Overlapping pages show the same odd message twice. */
function once(rejected: readonly RejectedRecord[]): RejectedRecord[] {
  return [...new Map(rejected.map((record, index) => [record.externalId ?? `#${index}`, record])).values()];
}
