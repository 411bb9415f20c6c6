import { z } from "zod";
import type { ExternalMessage, RejectedRecord } from "../../contract/records";
import type { MarketClient } from "./client";
import { inOrder, toMessage } from "./mapper";
import { messageSchema, type RemoteChatContext } from "./schemas";

const LIMIT = 100;

export interface ReadHistory {
  /** Oldest first, each once. */
  readonly messages: readonly ExternalMessage[];
  readonly rejected: readonly RejectedRecord[];
  readonly context: RemoteChatContext;
}

/**
 * All messages of a chat, or those from `from` on. Whether `from` itself comes again and in which order a page stands is not
 * published: every page is read to the end and put in order here.
 */
export async function readHistory(client: MarketClient, chatId: string, baseUrl: string, from?: string): Promise<ReadHistory> {
  const messages: ExternalMessage[] = [];
  const rejected = new Map<string, RejectedRecord>();
  let context: RemoteChatContext;
  let pageToken: string | undefined;
  for (;;) {
    const page = await client.history({ chatId, messageIdFrom: from, pageToken, limit: LIMIT });
    context ??= page.context;
    for (const raw of page.messages) {
      const parsed = messageSchema.safeParse(raw);
      if (parsed.success) messages.push(toMessage(parsed.data, baseUrl));
      else rejected.set(idOf(raw) ?? `#${rejected.size}`, refused(chatId, raw, parsed.error));
    }
    if (page.paging === undefined || page.paging === pageToken) return { messages: inOrder(messages), rejected: [...rejected.values()], context };
    pageToken = page.paging;
  }
}

function refused(chatId: string, raw: unknown, error: z.ZodError): RejectedRecord {
  return {
    kind: "message",
    externalId: idOf(raw),
    payload: { chatId, message: raw },
    errorCode: "yandex-market.message_shape",
    errorText: z.prettifyError(error).slice(0, 500),
  };
}

function idOf(raw: unknown): string | undefined {
  const id = typeof raw === "object" && raw !== null && "messageId" in raw ? raw.messageId : undefined;
  return typeof id === "string" || typeof id === "number" ? String(id) : undefined;
}
