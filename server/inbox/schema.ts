import { z } from "zod";

/** What the browser sends to and gets from the inbox. Client-safe: no server code behind it. */
export const conversationStatusSchema = z.enum(["open", "pending", "snoozed", "resolved", "closed"]);
export const messageSideSchema = z.enum(["buyer", "seller", "system"]);
/** scheduled → queued → sending → accepted → confirmed | rejected | unknown */
export const sendStateSchema = z.enum(["scheduled", "queued", "sending", "accepted", "confirmed", "rejected", "unknown"]);
export const channelKindSchema = z.enum(["chat", "question", "review"]);
/** waiting and due show only what waits or is due; priority: urgent first, then newest. */
export const conversationSortSchema = z.enum(["newest", "oldest", "waiting", "due", "priority"]);
/** 0 none, 1 low, 2 medium, 3 high, 4 urgent */
export const prioritySchema = z.number().int().min(0).max(4);
/** Names of the palette's colours a label can have. */
export const LABEL_COLORS = ["gray", "red", "orange", "yellow", "green", "teal", "blue", "purple", "pink"] as const;
export const labelColorSchema = z.enum(LABEL_COLORS);
/** Bulk actions take so many conversations by id, or so many that match a filter. */
export const BULK_IDS_MAX = 500;
export const BULK_MATCHES_MAX = 5_000;

/** Values for the placeholders of a catalogue text. */
const paramsSchema = z.record(z.string(), z.union([z.string(), z.number()]));

/** Position in a keyset: the sort value and the id of the last row seen; with sort "priority" its priority, too. */
export const conversationCursorSchema = z.object({ at: z.date(), id: z.uuid(), priority: prioritySchema.optional() });

/** Which conversations; every condition narrows, an absent or empty list asks nothing. */
export const conversationFilterSchema = z.object({
  statuses: z.array(conversationStatusSchema).max(5).optional(),
  connectionIds: z.array(z.uuid()).max(100).optional(),
  channels: z.array(z.string().max(60)).max(40).optional(),
  kinds: z.array(channelKindSchema).max(3).optional(),
  /** "me" = the person who asks, "none" = nobody. */
  assigneeIds: z
    .array(z.union([z.uuid(), z.enum(["me", "none"])]))
    .max(100)
    .optional(),
  /** "mine" = the teams of the person who asks, "none" = no team. */
  teamIds: z
    .array(z.union([z.uuid(), z.enum(["mine", "none"])]))
    .max(100)
    .optional(),
  labelIds: z.array(z.uuid()).max(20).optional(),
  labelMatch: z.enum(["any", "all"]).default("any"),
  priorities: z.array(prioritySchema).max(5).optional(),
  /** Only those where the buyer is owed a reply. */
  waiting: z.boolean().default(false),
  /** Only those with a buyer's message the asking person has not seen, or that they marked unread. */
  unread: z.boolean().default(false),
  /** Only those with a note that mentions the asking person. */
  mentionsMe: z.boolean().default(false),
  /** Only those with an unfinished reply or note of the asking person. */
  drafts: z.boolean().default(false),
  /** Only those whose message was refused, or whose outcome only a person can tell. */
  hasTrouble: z.boolean().default(false),
  /** The reply is late. */
  overdue: z.boolean().default(false),
  /** The reply is due within so many minutes, or late. */
  dueWithinMinutes: z.number().int().min(1).max(100_000).optional(),
  /** Stars of a review. */
  ratings: z.array(z.number().int().min(1).max(5)).max(5).optional(),
  /** Of the newest message. */
  from: z.date().optional(),
  to: z.date().optional(),
  orderNumber: z.string().trim().max(100).optional(),
  /** Found in messages, notes, names of buyers and products (Russian, Ukrainian, Turkish and English word forms), order and article numbers. */
  search: z.string().trim().max(200).optional(),
});

export const listConversationsInput = conversationFilterSchema.extend({
  sort: conversationSortSchema.default("newest"),
  cursor: conversationCursorSchema.optional(),
  limit: z.number().int().min(1).max(100).default(50),
});

export const namedSchema = z.object({ id: z.uuid(), name: z.string() });
export const labelOutput = z.object({ id: z.uuid(), name: z.string(), color: labelColorSchema });

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
  kind: channelKindSchema,
  rating: z.number().nullable(),
  assignee: namedSchema.nullable(),
  team: namedSchema.nullable(),
  labels: z.array(labelOutput),
  priority: prioritySchema,
  snoozedUntil: z.date().nullable(),
  /** The reply that is owed next; `at` is null while the clock stands still. */
  deadline: z
    .object({ at: z.date().nullable(), kind: z.enum(["first_reply", "next_reply"]), state: z.enum(["running", "paused", "warned", "breached"]) })
    .nullable(),
  /** How many other conversations stand behind this one. */
  mergedCount: z.number(),
  /** Shown as part of that one. */
  mergedIntoId: z.uuid().nullable(),
  /** The asking person has an unfinished reply or note here. */
  hasDraft: z.boolean(),
});
export const listConversationsOutput = z.object({ conversations: z.array(conversationSummaryOutput), nextCursor: conversationCursorSchema.nullable() });

/** Counts stop at `COUNT_LIMIT`: the page shows "999+". */
export const COUNT_LIMIT = 1_000;
export const viewCountsOutput = z.object({
  /** open, pending and snoozed */
  active: z.number(),
  waiting: z.number(),
  unread: z.number(),
  resolved: z.number(),
  closed: z.number(),
  /** Active ones of nobody, of the asking person, of their teams. */
  unassigned: z.number(),
  mine: z.number(),
  team: z.number(),
  overdue: z.number(),
  snoozed: z.number(),
  mentions: z.number(),
  drafts: z.number(),
});

export const conversationIdInput = z.object({ conversationId: z.uuid() });

export const attachmentOutput = z.object({
  index: z.number(),
  kind: z.enum(["image", "file"]),
  name: z.string(),
  moderation: z.enum(["passed", "pending", "failed"]).nullable(),
});

export const messageOutput = z.object({
  id: z.uuid(),
  /** Where it stands: of a merged thread, the conversation a reply to it goes to. */
  conversationId: z.uuid(),
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
  /** Where the service checks our words before it shows them. */
  moderation: z.enum(["passed", "pending", "failed"]).nullable(),
  sentAt: z.date(),
  /** Null for messages that were not written here. */
  send: z
    .object({
      sendId: z.uuid(),
      state: sendStateSchema,
      attempts: z.number(),
      nextAt: z.date().nullable(),
      /** While it is held back: when it goes. */
      releaseAt: z.date().nullable(),
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
/** One conversation of a merged thread. */
export const threadPartOutput = z.object({
  conversationId: z.uuid(),
  connectionId: z.uuid(),
  channel: z.string(),
  kind: channelKindSchema,
  buyerName: z.string().nullable(),
  orderNumber: z.string().nullable(),
  status: conversationStatusSchema,
  lastMessageAt: z.date(),
});
/**
 * Messages come oldest first; `olderCursor` leads to the page before them. Asked for a merged conversation, the thread is that of
 * its head; `parts` are all of it, the head first (one = nothing is merged).
 */
export const getThreadOutput = z.object({
  conversation: conversationSummaryOutput,
  parts: z.array(threadPartOutput),
  messages: z.array(messageOutput),
  olderCursor: threadCursorSchema.nullable(),
});

export const searchMessagesInput = z.object({
  query: z.string().trim().min(2).max(200),
  before: z.date().optional(),
  limit: z.number().int().min(1).max(50).default(20),
});
export const searchHitOutput = z.object({
  /** Where the words stand; conversation: in its buyer's or product's name, its order or article number. */
  kind: z.enum(["message", "note", "conversation"]),
  /** Of a message. */
  messageId: z.uuid().nullable(),
  /** Of a note. */
  noteId: z.uuid().nullable(),
  /** As the list shows it: of merged ones the head. */
  conversationId: z.uuid(),
  /** Of a message. */
  side: messageSideSchema.nullable(),
  /** Of a conversation: its newest message. */
  sentAt: z.date(),
  buyerName: z.string().nullable(),
  orderNumber: z.string().nullable(),
  /** The found stretch in pieces; `hit` marks the words that matched. */
  snippet: z.array(z.object({ text: z.string(), hit: z.boolean() })),
});
/** Conversations come first and only on the first page, a few; then messages and notes, newest first. */
export const searchMessagesOutput = z.object({ hits: z.array(searchHitOutput), nextBefore: z.date().nullable() });

/** `messageId` absent = everything there is. */
export const markReadInput = z.object({ conversationId: z.uuid(), messageId: z.uuid().optional() });
export const markReadOutput = z.object({ readAt: z.date().nullable() });

/** A service closes its chats itself, so "closed" cannot be set by hand. */
export const settableStatusSchema = z.enum(["open", "pending", "resolved"]);
export const setStatusInput = z.object({ conversationId: z.uuid(), status: settableStatusSchema });
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

/** Where the words come from. */
export const sendOriginSchema = z.enum(["person", "template", "macro", "assistant"]);

const fileInput = z.object({ name: z.string().trim().min(1).max(200), contentType: z.string().max(100), base64: z.base64().max(20_000_000) });
export const sendMessageInput = z
  .object({
    conversationId: z.uuid(),
    sendId: z.uuid(),
    text: z.string().max(20_000).optional(),
    file: fileInput.optional(),
    origin: sendOriginSchema.default("person"),
    /** Held back for the seconds in which it can be taken back. */
    undoable: z.boolean().default(false),
    /** Send later: not before this moment. */
    sendAt: z.date().optional(),
    /** Lets it pass the moderation guard; admins only, and audited. */
    override: z.object({ reason: z.string().trim().min(5).max(500) }).optional(),
  })
  .refine((input) => (input.text === undefined) !== (input.file === undefined), { message: "either text or file" });
/** `releaseAt`: until then it can be taken back; null = it goes at once. */
export const sendMessageOutput = z.object({ messageId: z.uuid(), state: sendStateSchema, repeated: z.boolean(), releaseAt: z.date().nullable() });

export const messageIdInput = z.object({ messageId: z.uuid() });
export const cancelSendOutput = z.object({ text: z.string() });
export const settleByHandInput = z.object({ messageId: z.uuid(), outcome: z.enum(["was_sent", "send_again"]) });
export const sendStateOutput = z.object({ state: sendStateSchema });

/** `lastEventId` is filled in by the tRPC client when it comes back after a broken line. */
export const watchInboxInput = z.object({ lastEventId: z.string().max(100).optional() }).optional();
/**
 * Ids only. `changed` null = something changed in many conversations at once, or the line was lost: read again.
 * `presence`: conversations of which only who looks at or writes in them changed.
 */
export const inboxEventOutput = z.object({ changed: z.array(z.uuid()).nullable(), presence: z.array(z.uuid()) });

/** The same filter where it has gone through JSON: in an address, in a saved view. */
export const storedFilterSchema = conversationFilterSchema.extend({ from: z.coerce.date().optional(), to: z.coerce.date().optional() });

/** An export's address: the messages of one thread, or everything that matches a filter (as JSON). */
export const exportInboxQuery = z.object({
  conversationId: z.uuid().optional(),
  filter: z
    .string()
    .max(10_000)
    .default("{}")
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.addIssue({ code: "custom", message: "the filter is not JSON" });
        return z.NEVER;
      }
    })
    .pipe(storedFilterSchema),
  /** Excel in Russian, Ukrainian and Turkish opens only semicolons in columns. */
  separator: z.enum(["comma", "semicolon"]).default("comma"),
});
/** Columns in their order; headings are `inbox-export.conversations.<name>` and `inbox-export.messages.<name>`. */
export const CONVERSATION_COLUMNS = [
  "channel",
  "connection",
  "buyer",
  "orderNumber",
  "product",
  "status",
  "assignee",
  "team",
  "labels",
  "priority",
  "rating",
  "lastMessageAt",
  "lastMessage",
  "waitingSince",
  "dueAt",
  "messages",
] as const;
export const MESSAGE_COLUMNS = ["sentAt", "channel", "orderNumber", "side", "author", "text", "files", "state"] as const;

export type ConversationFilter = z.infer<typeof conversationFilterSchema>;
export type ExportInboxQuery = z.infer<typeof exportInboxQuery>;
export type ConversationColumn = (typeof CONVERSATION_COLUMNS)[number];
export type MessageColumn = (typeof MESSAGE_COLUMNS)[number];
export type ListConversationsInput = z.infer<typeof listConversationsInput>;
export type ConversationSort = z.infer<typeof conversationSortSchema>;
export type ChannelKind = z.infer<typeof channelKindSchema>;
export type SettableStatus = z.infer<typeof settableStatusSchema>;
export type LabelColor = z.infer<typeof labelColorSchema>;
export type ConversationSummary = z.infer<typeof conversationSummaryOutput>;
export type ConversationPage = z.infer<typeof listConversationsOutput>;
export type ConversationStatus = z.infer<typeof conversationStatusSchema>;
export type MessageSide = z.infer<typeof messageSideSchema>;
export type InboxEvent = z.infer<typeof inboxEventOutput>;
export type ThreadPart = z.infer<typeof threadPartOutput>;
export type MessageView = z.infer<typeof messageOutput>;
export type SendState = z.infer<typeof sendStateSchema>;
export type GetThreadInput = z.infer<typeof getThreadInput>;
export type ThreadPage = z.infer<typeof getThreadOutput>;
export type SearchMessagesInput = z.infer<typeof searchMessagesInput>;
export type SearchHit = z.infer<typeof searchHitOutput>;
export type WriteStateView = z.infer<typeof writeStateOutput>;
export type SendMessageInput = z.infer<typeof sendMessageInput>;
export type ViewCounts = z.infer<typeof viewCountsOutput>;
