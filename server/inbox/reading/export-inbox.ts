import { writeAudit } from "@/server/platform/audit";
import { CSV_TYPE, csvStream, type Download, delimiterOf } from "@/server/platform/spreadsheet";
import type { Scope } from "@/server/platform/transaction";
import { asViewer, type ViewerSession } from "../as-viewer";
import {
  CONVERSATION_COLUMNS,
  type ConversationColumn,
  type ConversationStatus,
  type ConversationSummary,
  type ExportInboxQuery,
  getThreadInput,
  listConversationsInput,
  MESSAGE_COLUMNS,
  type MessageColumn,
  type MessageSide,
  type MessageView,
  type SendState,
  type ThreadPage,
} from "../schema";
import { requireVisible } from "../visibility.repository";
import { findConnectionNames, findUserNames } from "./export.repository";
import { getThread } from "./get-thread";
import { listConversations } from "./list-conversations";

const CONVERSATIONS_AT_ONCE = 100;
const MESSAGES_AT_ONCE = 200;

type Priority = "p0" | "p1" | "p2" | "p3" | "p4";

export interface InboxExportWords {
  readonly conversations: Readonly<Record<ConversationColumn, string>>;
  readonly messages: Readonly<Record<MessageColumn, string>>;
  readonly status: Readonly<Record<ConversationStatus, string>>;
  readonly priority: Readonly<Record<Priority, string>>;
  readonly side: Readonly<Record<MessageSide, string>>;
  readonly state: Readonly<Record<SendState, string>>;
}

export type ExportSession = ViewerSession & { readonly workspace: { readonly timeZone: string } };

/**
 * Conversations that match a filter, or the messages of one thread, as CSV, streamed page by page, in what the person may see at
 * the moment of each page; times in the workspace's zone. Audited before the first line leaves.
 * @throws AppError `inbox.conversation_not_found`.
 */
export async function exportInbox(session: ExportSession, query: ExportInboxQuery, words: InboxExportWords): Promise<Download> {
  const { conversationId, filter } = query;
  await asViewer(session, async (scope, viewer) => {
    if (conversationId !== undefined) await requireVisible(scope, viewer, conversationId);
    await writeAudit(scope, {
      actor: { kind: "user", id: session.userId },
      action: "inbox.exported",
      ...(conversationId === undefined ? { details: { filter } } : { subject: { type: "conversation", id: conversationId } }),
    });
  });
  const time = timeIn(session.workspace.timeZone);
  const lines = conversationId === undefined ? conversationLines(session, query, words, time) : messageLines(session, conversationId, words, time);
  return {
    fileName: conversationId === undefined ? "conversations.csv" : "messages.csv",
    contentType: CSV_TYPE,
    body: csvStream(lines, delimiterOf(query.separator)),
  };
}

type Time = (at: Date | null) => string;

function timeIn(timeZone: string): Time {
  // Swedish writes times as a spreadsheet reads them: 2026-11-21 16:05:00.
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" });
  return (at) => (at === null ? "" : format.format(at));
}

/** Page by page, each in a short transaction of its own: a slow reader holds nothing. */
async function* conversationLines(session: ExportSession, { filter }: ExportInboxQuery, words: InboxExportWords, time: Time): AsyncGenerator<string[]> {
  yield CONVERSATION_COLUMNS.map((column) => words.conversations[column]);
  let cursor: { at: Date; id: string } | undefined;
  do {
    const from = cursor;
    const page = await asViewer(session, async (scope, viewer) => {
      const { conversations, nextCursor } = await listConversations(
        scope,
        viewer,
        listConversationsInput.parse({ ...filter, cursor: from, limit: CONVERSATIONS_AT_ONCE }),
      );
      const shops = await findConnectionNames(
        scope,
        conversations.map(({ connectionId }) => connectionId),
      );
      return { rows: conversations.map((row) => conversationCells(row, shops.get(row.connectionId) ?? "", words, time)), nextCursor };
    });
    for (const row of page.rows) yield CONVERSATION_COLUMNS.map((column) => row[column]);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

function conversationCells(row: ConversationSummary, shop: string, words: InboxExportWords, time: Time): Record<ConversationColumn, string> {
  return {
    channel: row.channel,
    connection: shop,
    buyer: row.buyerName ?? row.buyerRef ?? "",
    orderNumber: row.orderNumber ?? "",
    product: row.productName ?? row.sku ?? "",
    status: words.status[row.status],
    assignee: row.assignee?.name ?? "",
    team: row.team?.name ?? "",
    labels: row.labels.map(({ name }) => name).join(", "),
    priority: row.priority === 0 ? "" : words.priority[`p${row.priority}` as Priority],
    rating: row.rating === null ? "" : String(row.rating),
    lastMessageAt: time(row.lastMessageAt),
    lastMessage: row.lastMessagePreview,
    waitingSince: time(row.waitingSince),
    dueAt: time(row.deadline?.at ?? null),
    messages: String(row.messageCount),
  };
}

/** Newest page first, as they are kept: the newest message is the first line. */
async function* messageLines(session: ExportSession, conversationId: string, words: InboxExportWords, time: Time): AsyncGenerator<string[]> {
  yield MESSAGE_COLUMNS.map((column) => words.messages[column]);
  let cursor: ThreadPage["olderCursor"] | undefined;
  do {
    const from = cursor ?? undefined;
    const page = await asViewer(session, async (scope, viewer) => {
      const thread = await getThread(scope, viewer, getThreadInput.parse({ conversationId, cursor: from, limit: MESSAGES_AT_ONCE }));
      return { thread, names: await authorNames(scope, thread.messages) };
    });
    const { parts, messages, olderCursor } = page.thread;
    const channels = new Map(parts.map((part) => [part.conversationId, part.channel]));
    for (const message of [...messages].reverse()) {
      const row = messageCells(message, channels.get(message.conversationId) ?? "", page.names, words, time);
      yield MESSAGE_COLUMNS.map((column) => row[column]);
    }
    cursor = olderCursor;
  } while (cursor !== null && cursor !== undefined);
}

async function authorNames(scope: Scope, messages: readonly MessageView[]): Promise<Map<string, string>> {
  return findUserNames(
    scope,
    messages.flatMap(({ authorUserId }) => (authorUserId === null ? [] : [authorUserId])),
  );
}

function messageCells(
  message: MessageView,
  channel: string,
  names: ReadonlyMap<string, string>,
  words: InboxExportWords,
  time: Time,
): Record<MessageColumn, string> {
  return {
    sentAt: time(message.sentAt),
    channel,
    orderNumber: message.orderNumber ?? "",
    side: words.side[message.side],
    author: (message.authorUserId === null ? null : names.get(message.authorUserId)) ?? message.authorRef ?? "",
    text: message.text,
    files: [...message.attachments.map(({ name }) => name), ...(message.send?.file ? [message.send.file.name] : [])].join(", "),
    state: message.send === null ? "" : words.state[message.send.state],
  };
}
