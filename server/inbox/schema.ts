import { z } from "zod";

/** What the browser sends to and gets from the inbox. Client-safe: no server code behind it. */
export const conversationStatusSchema = z.enum(["open", "pending", "snoozed", "resolved", "closed"]);
export const messageSideSchema = z.enum(["buyer", "seller", "system"]);
/** queued → sending → accepted → confirmed | rejected | unknown */
export const sendStateSchema = z.enum(["queued", "sending", "accepted", "confirmed", "rejected", "unknown"]);
export const conversationSortSchema = z.enum(["newest", "waiting"]);

/** Values for the placeholders of a catalogue text. */
const paramsSchema = z.record(z.string(), z.union([z.string(), z.number()]));

/** Position in a keyset: the sort value and the id of the last row seen. */
export const conversationCursorSchema = z.object({ at: z.date(), id: z.uuid() });

export const listConversationsInput = z.object({
  statuses: z.array(conversationStatusSchema).max(5).optional(),
  connectionIds: z.array(z.uuid()).max(100).optional(),
  channels: z.array(z.string().max(60)).max(20).optional(),
  /** Only those where the buyer is owed a reply. */
  waiting: z.boolean().default(false),
  /** Only those with a buyer's message the asking person has not seen. */
  unread: z.boolean().default(false),
  orderNumber: z.string().trim().max(100).optional(),
  /** Found in messages (Russian and English stems) and order numbers. */
  search: z.string().trim().max(200).optional(),
  sort: conversationSortSchema.default("newest"),
  cursor: conversationCursorSchema.optional(),
  limit: z.number().int().min(1).max(100).default(50),
});

export const conversationSummaryOutput = z.object({
  id: z.uuid(),
  connectionId: z.uuid(),
  organizationId: z.uuid(),
  channel: z.string(),
  externalId: z.string(),
  buyerName: z.string().nullable(),
  buyerRef: z.string().nullable(),
  status: conversationStatusSchema,
  remoteStatus: z.string().nullable(),
  orderNumber: z.string().nullable(),
  sku: z.string().nullable(),
  productName: z.string().nullable(),
  lastMessageAt: z.date(),
  lastMessagePreview: z.string(),
  lastMessageSide: messageSideSchema,
  waitingSince: z.date().nullable(),
  messageCount: z.number(),
  unread: z.boolean(),
  /** Newest of our messages that has not arrived yet or was refused; null when all is well. */
  sendTrouble: z.enum(["queued", "sending", "unknown", "rejected"]).nullable(),
});
export const listConversationsOutput = z.object({ conversations: z.array(conversationSummaryOutput), nextCursor: conversationCursorSchema.nullable() });

/** Counts stop at `COUNT_LIMIT`: the page shows "999+". */
export const COUNT_LIMIT = 1_000;
export const viewCountsOutput = z.object({ active: z.number(), waiting: z.number(), unread: z.number(), resolved: z.number(), closed: z.number() });

export const conversationIdInput = z.object({ conversationId: z.uuid() });

export const attachmentOutput = z.object({
  index: z.number(),
  kind: z.enum(["image", "file"]),
  name: z.string(),
  moderation: z.enum(["passed", "pending", "failed"]).nullable(),
});

export const messageOutput = z.object({
  id: z.uuid(),
  side: messageSideSchema,
  authorKind: z.string(),
  authorRef: z.string().nullable(),
  /** Who of us wrote it; null when written by the buyer or in the marketplace's own cabinet. */
  authorUserId: z.uuid().nullable(),
  text: z.string(),
  attachments: z.array(attachmentOutput),
  orderNumber: z.string().nullable(),
  sku: z.string().nullable(),
  isReadByBuyer: z.boolean(),
  sentAt: z.date(),
  /** Null for messages that were not written here. */
  send: z
    .object({
      sendId: z.uuid(),
      state: sendStateSchema,
      attempts: z.number(),
      nextAt: z.date().nullable(),
      errorCode: z.string().nullable(),
      /** The service's own words. */
      errorText: z.string().nullable(),
      file: z.object({ name: z.string(), size: z.number(), contentType: z.string() }).nullable(),
    })
    .nullable(),
});

export const threadCursorSchema = z.object({ at: z.date(), id: z.uuid() });
export const getThreadInput = z.object({
  conversationId: z.uuid(),
  /** Older than this message; absent = the newest page. */
  cursor: threadCursorSchema.optional(),
  limit: z.number().int().min(1).max(200).default(50),
});
/** Messages come oldest first; `olderCursor` leads to the page before them. */
export const getThreadOutput = z.object({
  conversation: conversationSummaryOutput,
  messages: z.array(messageOutput),
  olderCursor: threadCursorSchema.nullable(),
});

export const searchMessagesInput = z.object({
  query: z.string().trim().min(2).max(200),
  before: z.date().optional(),
  limit: z.number().int().min(1).max(50).default(20),
});
export const searchHitOutput = z.object({
  messageId: z.uuid(),
  conversationId: z.uuid(),
  side: messageSideSchema,
  sentAt: z.date(),
  buyerName: z.string().nullable(),
  orderNumber: z.string().nullable(),
  /** The found stretch in pieces; `hit` marks the words that matched. */
  snippet: z.array(z.object({ text: z.string(), hit: z.boolean() })),
});
export const searchMessagesOutput = z.object({ hits: z.array(searchHitOutput), nextBefore: z.date().nullable() });

/** `messageId` absent = everything there is. */
export const markReadInput = z.object({ conversationId: z.uuid(), messageId: z.uuid().optional() });
export const markReadOutput = z.object({ readAt: z.date().nullable() });

/** A service closes its chats itself, so "closed" cannot be set by hand. */
export const setStatusInput = z.object({ conversationId: z.uuid(), status: z.enum(["open", "pending", "resolved"]) });
export const setStatusOutput = z.object({ status: conversationStatusSchema });

/** `code` leads to the text `inbox.closed.<code>`. */
export const writeStateOutput = z.object({
  open: z.boolean(),
  code: z.string().nullable(),
  params: paramsSchema,
  until: z.date().nullable(),
  /** Writing is possible but will wait: the connection is unreachable, throttled or refused. */
  delayCode: z.string().nullable(),
  rules: z.object({
    maxTextLength: z.number(),
    files: z.object({ allowed: z.boolean(), maxBytes: z.number(), types: z.array(z.string()) }),
    source: z.string(),
  }),
});

const fileInput = z.object({ name: z.string().trim().min(1).max(200), contentType: z.string().max(100), base64: z.base64().max(20_000_000) });
export const sendMessageInput = z
  .object({ conversationId: z.uuid(), sendId: z.uuid(), text: z.string().max(20_000).optional(), file: fileInput.optional() })
  .refine((input) => (input.text === undefined) !== (input.file === undefined), { message: "either text or file" });
export const sendMessageOutput = z.object({ messageId: z.uuid(), state: sendStateSchema, repeated: z.boolean() });

export const messageIdInput = z.object({ messageId: z.uuid() });
export const cancelSendOutput = z.object({ text: z.string() });
export const settleByHandInput = z.object({ messageId: z.uuid(), outcome: z.enum(["was_sent", "send_again"]) });
export const sendStateOutput = z.object({ state: sendStateSchema });

/** `lastEventId` is filled in by the tRPC client when it comes back after a broken line. */
export const watchInboxInput = z.object({ lastEventId: z.string().max(100).optional() }).optional();
/** Events carry ids only; null = something changed in many conversations at once, or the line was lost: read again. */
export const inboxEventOutput = z.object({ conversationId: z.uuid().nullable() });

export type ListConversationsInput = z.infer<typeof listConversationsInput>;
export type ConversationSummary = z.infer<typeof conversationSummaryOutput>;
export type ConversationPage = z.infer<typeof listConversationsOutput>;
export type ConversationStatus = z.infer<typeof conversationStatusSchema>;
export type MessageSide = z.infer<typeof messageSideSchema>;
export type MessageView = z.infer<typeof messageOutput>;
export type SendState = z.infer<typeof sendStateSchema>;
export type GetThreadInput = z.infer<typeof getThreadInput>;
export type ThreadPage = z.infer<typeof getThreadOutput>;
export type SearchMessagesInput = z.infer<typeof searchMessagesInput>;
export type SearchHit = z.infer<typeof searchHitOutput>;
export type WriteStateView = z.infer<typeof writeStateOutput>;
export type SendMessageInput = z.infer<typeof sendMessageInput>;
export type ViewCounts = z.infer<typeof viewCountsOutput>;
