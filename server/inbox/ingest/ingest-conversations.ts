import { isDeepStrictEqual } from "node:util";
import { newId } from "@/lib/ids";
import { storable } from "@/lib/storable";
import type { MessagingPort } from "@/server/integrations/contract/ports";
import type { ExternalConversation, ExternalMessage, RejectedRecord } from "@/server/integrations/contract/records";
import { type Clock, systemClock } from "@/server/platform/clock";
import type { Scope } from "@/server/platform/transaction";
import { matchSent, owedSince, previewOf, statusAfter } from "../rules";
import { NEWS_MS } from "../team/rules";
import { afterIngest } from "./after-ingest";
import {
  type ConversationUpdate,
  confirmSends,
  findHeldIds,
  findKnownConversations,
  insertMissingConversations,
  type LockedConversation,
  listUnmatchedSends,
  lockConversations,
  type MessageRow,
  readThreadFacts,
  updateConversations,
  upsertMessages,
  type WrittenMessage,
} from "./ingest.repository";
import { type MergedConversation, mergeBatch, sameTextOrFile } from "./merge-batch";

/** Bounds one statement's parameter to a few megabytes. */
const ROWS_PER_STATEMENT = 4_000;

export interface IngestConversationsInput {
  readonly connection: { readonly id: string; readonly organizationId: string };
  readonly conversations: readonly ExternalConversation[];
  /** Only a poll moves the head that lets the next poll skip a conversation: what came by push or was read back proves no more than itself. */
  readonly source: "poll" | "push";
  /** The channel's own comparison of a sent message with one found in history; without it, equal text or file name. */
  readonly isSame?: MessagingPort["isSame"] | undefined;
}

export interface IngestResult {
  /** Messages that changed something; received = applied + duplicate + rejected (messages). */
  readonly applied: number;
  readonly duplicate: number;
  readonly rejected: readonly RejectedRecord[];
}

/**
 * Takes conversations as a service tells them, in any order and as often as it likes: every message is stored once, the newest
 * version wins, our own messages found in history meet their outbox rows. Runs in the caller's transaction (with the checkpoint).
 * Conversations that concurrent calls share are worked on one after another, always in the same order.
 */
export async function ingestConversations(scope: Scope, input: IngestConversationsInput, clock: Clock = systemClock): Promise<IngestResult> {
  const batch = mergeBatch(input.conversations);
  if (batch.conversations.length === 0) return { applied: 0, duplicate: batch.repeats, rejected: batch.rejected };
  const { locked, newIds } = await lockAll(scope, input, batch.conversations);
  const rows: MessageRow[] = [];
  for (const merged of batch.conversations) {
    const conversation = locked.get(merged.header.externalId);
    if (conversation === undefined) continue;
    for (const message of merged.messages) rows.push(toRow(conversation.id, message));
  }
  const matched = await matchOwn(scope, rows, input.isSame ?? sameTextOrFile);
  const fresh = rows.filter((row) => !matched.has(row));
  const written: WrittenMessage[] = [];
  for (let at = 0; at < fresh.length; at += ROWS_PER_STATEMENT) {
    written.push(...(await upsertMessages(scope, input.connection.id, fresh.slice(at, at + ROWS_PER_STATEMENT))));
  }
  const touched = new Set([...[...matched].map((row) => row.conversationId), ...written.map((message) => message.conversationId)]);
  await refresh(scope, { source: input.source, merged: batch.conversations, locked, newIds, written, rows, touched }, clock);
  const applied = matched.size + written.length;
  return { applied, duplicate: batch.repeats + rows.length - applied, rejected: batch.rejected };
}

async function lockAll(
  scope: Scope,
  input: IngestConversationsInput,
  merged: readonly MergedConversation[],
): Promise<{ locked: Map<string, LockedConversation>; newIds: ReadonlySet<string> }> {
  const externalIds = merged.map(({ header }) => header.externalId);
  // Nothing is locked while a concurrent ingest's insert of the same conversation is waited for.
  const known = await findKnownConversations(scope, input.connection.id, externalIds);
  const missing = merged.filter(({ header }) => !known.has(header.externalId));
  const inserted =
    missing.length === 0
      ? []
      : await insertMissingConversations(
          scope,
          input.connection,
          missing.map(({ header, createdAt }) => ({ ...header, id: newId(), createdAt })),
        );
  const rows = await lockConversations(scope, input.connection.id, externalIds);
  return { locked: new Map(rows.map((row) => [row.externalId, row])), newIds: new Set(inserted) };
}

function toRow(conversationId: string, message: ExternalMessage): MessageRow {
  return {
    id: newId(),
    conversationId,
    externalId: message.externalId,
    side: message.side,
    authorKind: storable(message.authorKind),
    authorRef: message.authorRef ?? null,
    text: storable(message.text),
    attachments: message.attachments.map((attachment) => ({ ...attachment, url: storable(attachment.url), name: storable(attachment.name) })),
    orderNumber: message.orderNumber ?? null,
    sku: message.sku ?? null,
    isRead: message.isRead ?? false,
    moderation: message.moderation ?? null,
    sentAt: message.sentAt,
    versionAt: message.versionAt,
  };
}

/** Gives our own messages their id in the service's history. @returns the rows that were ours. */
async function matchOwn(scope: Scope, rows: readonly MessageRow[], isSame: MessagingPort["isSame"]): Promise<Set<MessageRow>> {
  const ours = new Set<MessageRow>();
  const bySeller = rows.filter((row) => row.side === "seller");
  if (bySeller.length === 0) return ours;
  const sends = await listUnmatchedSends(scope, [...new Set(bySeller.map((row) => row.conversationId))]);
  const confirmed: MessageRow[] = [];
  for (const conversationId of new Set(sends.map((send) => send.conversationId))) {
    const candidates = bySeller.filter((row) => row.conversationId === conversationId);
    const held = await findHeldIds(
      scope,
      conversationId,
      candidates.map((row) => row.externalId),
    );
    const entries = candidates.filter((row) => !held.has(row.externalId)).map((row) => ({ externalId: row.externalId, message: toMessage(row), row }));
    const byId = new Map(entries.map((entry) => [entry.externalId, entry.row]));
    for (const [id, entry] of matchSent(
      sends.filter((send) => send.conversationId === conversationId),
      entries,
      isSame,
    )) {
      const row = byId.get(entry.externalId);
      if (row === undefined) continue;
      ours.add(row);
      confirmed.push({ ...row, id });
    }
  }
  await confirmSends(scope, confirmed);
  return ours;
}

function toMessage(row: MessageRow): ExternalMessage {
  return {
    externalId: row.externalId,
    side: row.side,
    authorKind: row.authorKind,
    text: row.text,
    attachments: row.attachments.map((attachment) => ({ kind: attachment.kind === "image" ? "image" : "file", url: attachment.url, name: attachment.name })),
    sentAt: row.sentAt,
    versionAt: row.versionAt,
  };
}

interface Written {
  readonly source: IngestConversationsInput["source"];
  readonly merged: readonly MergedConversation[];
  readonly locked: ReadonlyMap<string, LockedConversation>;
  readonly newIds: ReadonlySet<string>;
  readonly written: readonly WrittenMessage[];
  readonly rows: readonly MessageRow[];
  readonly touched: ReadonlySet<string>;
}

/** Brings the conversation rows up to date with their messages, and all that follows. */
async function refresh(scope: Scope, { source, merged, locked, newIds, written, rows, touched }: Written, clock: Clock): Promise<void> {
  const now = clock.now();
  const insertedKeys = new Set(written.filter((message) => message.inserted).map((message) => `${message.conversationId} ${message.externalId}`));
  const newestBuyer = new Map<string, number>();
  const inserted = new Map<string, number>();
  const news = new Map<string, number>();
  for (const row of rows) {
    if (!insertedKeys.has(`${row.conversationId} ${row.externalId}`)) continue;
    inserted.set(row.conversationId, (inserted.get(row.conversationId) ?? 0) + 1);
    if (row.side === "buyer" && now.getTime() - row.sentAt.getTime() <= NEWS_MS) news.set(row.conversationId, (news.get(row.conversationId) ?? 0) + 1);
    if (row.side === "buyer") newestBuyer.set(row.conversationId, Math.max(newestBuyer.get(row.conversationId) ?? 0, row.sentAt.getTime()));
  }
  const changed = merged.flatMap((entry) => {
    const before = locked.get(entry.header.externalId);
    if (before === undefined) return [];
    return touched.has(before.id) ||
      headerDiffers(before, entry) ||
      (source === "poll" && headOf(entry) !== undefined && headOf(entry) !== before.remoteLastMessageId)
      ? [{ entry, before }]
      : [];
  });
  const facts = new Map(
    (
      await readThreadFacts(
        scope,
        changed.map(({ before }) => before.id),
      )
    ).map((fact) => [fact.conversationId, fact]),
  );
  const updates = changed.map(({ entry, before }): ConversationUpdate => {
    const fact = facts.get(before.id);
    const buyerAt = newestBuyer.get(before.id);
    const buyerWrote = buyerAt !== undefined && buyerAt > (before.lastBuyerMessageAt?.getTime() ?? Number.NEGATIVE_INFINITY);
    const incoming = entry.header.remoteStatus;
    const status = statusAfter({ status: before.status, remoteStatus: incoming, buyerWrote });
    return {
      ...mergeHeader(before, entry),
      id: before.id,
      status,
      remoteStatus: incoming === "unknown" && !(buyerWrote && before.remoteStatus === "closed") ? before.remoteStatus : incoming,
      lastMessageAt: fact?.lastMessageAt ?? null,
      lastMessagePreview: previewOf(fact?.lastText ?? "", fact?.lastAttachmentName ?? undefined),
      lastMessageSide: fact?.lastSide ?? null,
      lastBuyerMessageAt: fact?.lastBuyerMessageAt ?? null,
      waitingSince: owedSince(status, fact?.owedSince),
      remoteLastMessageId: source === "poll" ? (headOf(entry) ?? before.remoteLastMessageId) : before.remoteLastMessageId,
      messageCount: before.messageCount + (inserted.get(before.id) ?? 0),
    };
  });
  await updateConversations(scope, updates);
  const statusBefore = new Map(changed.map(({ before }) => [before.id, before.status]));
  await afterIngest(
    scope,
    updates.map(({ id, status }) => ({ id, isNew: newIds.has(id), from: statusBefore.get(id) ?? status, to: status, news: news.get(id) ?? 0 })),
    clock,
  );
}

/** The newest message this record carries: the service's own word for it where it is among them. */
function headOf({ lastMessageId, messages }: MergedConversation): string | undefined {
  return messages.some((message) => message.externalId === lastMessageId) ? lastMessageId : messages.at(-1)?.externalId;
}

/** What the service does not tell this time is kept. */
function mergeHeader(before: LockedConversation, { header }: MergedConversation) {
  return {
    externalId: before.externalId,
    channel: before.channel,
    buyerRef: header.buyerRef ?? before.buyerRef,
    buyerName: header.buyerName ?? before.buyerName,
    orderNumber: header.orderNumber ?? before.orderNumber,
    sku: header.sku ?? before.sku,
    orderSchema: header.orderSchema ?? before.orderSchema,
    orderPaidAt: header.orderPaidAt ?? before.orderPaidAt,
    orderDeliveredAt: header.orderDeliveredAt ?? before.orderDeliveredAt,
    productName: header.productName ?? before.productName,
    rating: header.rating ?? before.rating,
    remoteContext: Object.keys(header.remoteContext).length === 0 ? before.remoteContext : header.remoteContext,
  };
}

function headerDiffers(before: LockedConversation, entry: MergedConversation): boolean {
  const after = mergeHeader(before, entry);
  const incoming = entry.header.remoteStatus;
  if (incoming !== "unknown" && incoming !== before.remoteStatus) return true;
  if (incoming === "closed" && before.status !== "closed") return true;
  const texts = ["buyerRef", "buyerName", "orderNumber", "sku", "orderSchema", "productName", "rating"] as const;
  if (texts.some((key) => after[key] !== before[key])) return true;
  if (!isDeepStrictEqual(after.remoteContext, before.remoteContext)) return true;
  return after.orderPaidAt?.getTime() !== before.orderPaidAt?.getTime() || after.orderDeliveredAt?.getTime() !== before.orderDeliveredAt?.getTime();
}
