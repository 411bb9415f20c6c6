import { Prisma } from "@/server/platform/generated/client";
import type { Scope } from "@/server/platform/transaction";
import type { SendState } from "../schema";

export interface OutgoingRow {
  readonly id: string;
  readonly conversationId: string;
  readonly connectionId: string;
  readonly sendId: string;
  readonly text: string;
  readonly fileName: string | null;
  readonly fileType: string | null;
  readonly authorUserId: string | null;
  readonly state: SendState;
  readonly generation: number;
  readonly leaseUntil: Date | null;
  readonly attempts: number;
  readonly startedAt: Date | null;
  readonly after: Date | null;
  readonly nextAt: Date | null;
  readonly checks: number;
  /** When a held back message goes. */
  readonly scheduledAt: Date | null;
  readonly writtenAt: Date;
  readonly isOverridden: boolean;
}

const OUTGOING = Prisma.sql`m.id, m.conversation_id AS "conversationId", m.connection_id AS "connectionId", m.send_id AS "sendId", m.text, f.name AS "fileName", f.content_type AS "fileType", m.author_user_id AS "authorUserId", m.send_state::text AS state, m.send_generation AS generation,
  m.send_lease_until AS "leaseUntil", m.send_attempts AS attempts, m.send_started_at AS "startedAt", m.send_after AS "after", m.send_next_at AS "nextAt", m.send_checks AS checks,
  m.send_scheduled_at AS "scheduledAt", m.stored_at AS "writtenAt", m.guard_override_by_id IS NOT NULL AS "isOverridden"`;
const FROM = Prisma.sql`message m LEFT JOIN message_file f ON f.message_id = m.id AND f.workspace_id = m.workspace_id`;

export interface NewOutgoing {
  readonly id: string;
  readonly conversationId: string;
  readonly connectionId: string;
  readonly sendId: string;
  /** Null = a rule wrote it. */
  readonly authorUserId: string | null;
  readonly origin: string;
  readonly override?: { readonly byId: string; readonly reason: string } | undefined;
  /** Held back until then; absent = it goes at once. */
  readonly scheduledAt?: Date | undefined;
  readonly text: string;
  readonly file?: { readonly name: string; readonly contentType: string; readonly content: Uint8Array } | undefined;
  readonly at: Date;
}

/**
 * `source_version_at` starts at the epoch, so the service's version always wins; `stored_at` is told by the clock that plans when the
 * message goes, not by the database's.
 * @returns false when the send id is taken already.
 */
export async function insertOutgoing(scope: Scope, row: NewOutgoing): Promise<boolean> {
  const inserted = await scope.db.$executeRaw`
    INSERT INTO message (id, workspace_id, conversation_id, connection_id, side, author_kind, author_user_id, text, sent_at, stored_at, source_version_at, send_id, send_state, send_next_at,
      send_scheduled_at, origin, guard_override_by_id, guard_override_reason)
    VALUES (${row.id}::uuid, ${scope.workspaceId}::uuid, ${row.conversationId}::uuid, ${row.connectionId}::uuid, 'seller', 'seller', ${row.authorUserId}::uuid, ${row.text}, ${row.at}::timestamptz, ${row.at}::timestamptz, 'epoch',
      ${row.sendId}::uuid, ${row.scheduledAt === undefined ? "queued" : "scheduled"}::send_state, ${row.scheduledAt === undefined ? row.at : null}::timestamptz,
      ${row.scheduledAt ?? null}::timestamptz, ${row.origin}, ${row.override?.byId ?? null}::uuid, ${row.override?.reason ?? null})
    ON CONFLICT (send_id) DO NOTHING`;
  if (inserted === 0) return false;
  if (row.file !== undefined) {
    const { name, contentType, content } = row.file;
    await scope.db.messageFile.create({
      data: { messageId: row.id, workspaceId: scope.workspaceId, name, contentType, size: content.byteLength, content: Buffer.from(content) },
    });
  }
  return true;
}

export async function findBySendId(
  scope: Scope,
  sendId: string,
): Promise<{ id: string; conversationId: string; sendState: SendState | null; sendScheduledAt: Date | null } | null> {
  return scope.db.message.findFirst({
    where: { workspaceId: scope.workspaceId, sendId },
    select: { id: true, conversationId: true, sendState: true, sendScheduledAt: true },
  });
}

/** Head of the conversation's queue: nothing behind it leaves before it is settled. Call with the conversation locked. */
export async function findHead(scope: Scope, conversationId: string): Promise<OutgoingRow | null> {
  const [row] = await scope.db.$queryRaw<OutgoingRow[]>`
    SELECT ${OUTGOING} FROM ${FROM}
    WHERE m.workspace_id = ${scope.workspaceId}::uuid AND m.conversation_id = ${conversationId}::uuid AND m.send_state IN ('queued', 'sending', 'unknown')
    ORDER BY m.id LIMIT 1`;
  return row ?? null;
}

export async function findOutgoing(scope: Scope, messageId: string): Promise<OutgoingRow | null> {
  const [row] = await scope.db.$queryRaw<
    OutgoingRow[]
  >`SELECT ${OUTGOING} FROM ${FROM} WHERE m.workspace_id = ${scope.workspaceId}::uuid AND m.id = ${messageId}::uuid AND m.send_state IS NOT NULL`;
  return row ?? null;
}

/** Newest moment of the service's own clock held for the conversation: anything of ours comes after it. */
export async function findNewestSourceMoment(scope: Scope, conversationId: string): Promise<Date | null> {
  const row = await scope.db.message.findFirst({
    where: { workspaceId: scope.workspaceId, conversationId, externalId: { not: null } },
    orderBy: [{ sentAt: "desc" }, { id: "desc" }],
    select: { sentAt: true },
  });
  return row?.sentAt ?? null;
}

export async function readFileContent(scope: Scope, messageId: string): Promise<Uint8Array | null> {
  const row = await scope.db.messageFile.findFirst({ where: { workspaceId: scope.workspaceId, messageId }, select: { content: true } });
  return row?.content ?? null;
}

/** A held back message joins the queue, at the newest place of its thread. @returns false when it is not held back any more. */
export async function releaseHeld(scope: Scope, messageId: string, at: Date): Promise<boolean> {
  const changed = await scope.db.$executeRaw`
    UPDATE message SET send_state = 'queued', send_next_at = ${at}::timestamptz, sent_at = greatest(sent_at, ${at}::timestamptz), send_generation = send_generation + 1
    WHERE workspace_id = ${scope.workspaceId}::uuid AND id = ${messageId}::uuid AND send_state = 'scheduled'`;
  return changed > 0;
}

export interface Lease {
  readonly messageId: string;
  readonly at: Date;
  readonly until: Date;
  readonly after: Date;
}

/** Committed before the request leaves: from here on a crash means "unknown". The proof keeps its first beginning over repeated tries. @returns the generation that may commit the outcome. */
export async function leaseForSending(scope: Scope, lease: Lease): Promise<number> {
  const [row] = await scope.db.$queryRaw<{ generation: number }[]>`
    UPDATE message SET send_state = 'sending', send_generation = send_generation + 1, send_lease_until = ${lease.until}::timestamptz, send_attempts = send_attempts + 1,
      send_started_at = ${lease.at}::timestamptz, send_after = coalesce(send_after, ${lease.after}::timestamptz), send_next_at = ${lease.until}::timestamptz, send_checks = 0, send_error_code = NULL, send_error_text = NULL
    WHERE workspace_id = ${scope.workspaceId}::uuid AND id = ${lease.messageId}::uuid AND send_state = 'queued' RETURNING send_generation AS generation`;
  if (row === undefined) throw new Error("a message that is not queued cannot be leased");
  return row.generation;
}

export interface SendUpdate {
  readonly messageId: string;
  /** Fencing: the row must still be of this generation and in one of these states, or nothing happens. */
  readonly generation: number;
  readonly from: readonly SendState[];
  readonly state: SendState;
  readonly nextAt: Date | null;
  readonly errorCode?: string | undefined;
  readonly errorText?: string | undefined;
  /** Adds one to the number of looks into the history. */
  readonly checked?: boolean | undefined;
}

/** @returns false when somebody else has settled the message meanwhile. */
export async function updateSend(scope: Scope, update: SendUpdate): Promise<boolean> {
  const changed = await scope.db.$executeRaw`
    UPDATE message SET send_state = ${update.state}::send_state, send_lease_until = NULL, send_next_at = ${update.nextAt}::timestamptz, send_error_code = ${update.errorCode ?? null}, send_error_text = ${update.errorText ?? null},
      send_checks = send_checks + ${update.checked === true ? 1 : 0}, send_generation = send_generation + 1
    WHERE workspace_id = ${scope.workspaceId}::uuid AND id = ${update.messageId}::uuid AND send_generation = ${update.generation} AND send_state = ANY(${[...update.from]}::send_state[])`;
  return changed > 0;
}

/**
 * The service named its id for what we sent. When the history brought the same id first as a row of its own, that row gives way
 * and ours is confirmed by it.
 * @returns true when such a row was replaced.
 */
export async function adoptExternalId(scope: Scope, messageId: string, conversationId: string, externalId: string): Promise<boolean> {
  const replaced = await scope.db.$queryRaw<{ sentAt: Date; versionAt: Date }[]>`
    DELETE FROM message WHERE workspace_id = ${scope.workspaceId}::uuid AND conversation_id = ${conversationId}::uuid AND external_id = ${externalId} AND id <> ${messageId}::uuid AND send_id IS NULL
    RETURNING sent_at AS "sentAt", source_version_at AS "versionAt"`;
  const [twin] = replaced;
  await scope.db.$executeRaw`
    UPDATE message SET external_id = ${externalId}, sent_at = coalesce(${twin?.sentAt ?? null}::timestamptz, sent_at), source_version_at = coalesce(${twin?.versionAt ?? null}::timestamptz, source_version_at),
      send_state = CASE WHEN ${twin !== undefined} THEN 'confirmed'::send_state ELSE send_state END
    WHERE workspace_id = ${scope.workspaceId}::uuid AND id = ${messageId}::uuid AND external_id IS NULL
      AND NOT EXISTS (SELECT FROM message o WHERE o.conversation_id = ${conversationId}::uuid AND o.external_id = ${externalId})`;
  if (twin !== undefined)
    await scope.db
      .$executeRaw`UPDATE conversation SET message_count = message_count - 1 WHERE workspace_id = ${scope.workspaceId}::uuid AND id = ${conversationId}::uuid`;
  return twin !== undefined;
}

/** Whether the history holds seller's messages since then that no sending of ours explains: one of them could be ours, changed by the service. */
export async function hasUnexplainedSellerMessage(scope: Scope, conversationId: string, after: Date): Promise<boolean> {
  const row = await scope.db.message.findFirst({
    where: {
      workspaceId: scope.workspaceId,
      conversationId,
      side: "seller",
      sendId: null,
      externalId: { not: null },
      sentAt: { gt: after },
      authorKind: { not: "bot" },
    },
    select: { id: true },
  });
  return row !== null;
}

/** Moves the message to the newest place of its thread: the buyer sees it now, not when it was typed. */
export async function touchSentAt(scope: Scope, messageId: string, at: Date): Promise<void> {
  await scope.db
    .$executeRaw`UPDATE message SET sent_at = greatest(sent_at, ${at}::timestamptz) WHERE workspace_id = ${scope.workspaceId}::uuid AND id = ${messageId}::uuid AND external_id IS NULL`;
}

/** The bytes are not needed any more; name and size stay for the thread. */
export async function dropSentFile(scope: Scope, messageId: string): Promise<void> {
  await scope.db.messageFile.updateMany({ where: { workspaceId: scope.workspaceId, messageId }, data: { content: null } });
}

export async function addMessages(scope: Scope, conversationId: string, count: number): Promise<void> {
  await scope.db
    .$executeRaw`UPDATE conversation SET message_count = message_count + ${count}, updated_at = now() WHERE workspace_id = ${scope.workspaceId}::uuid AND id = ${conversationId}::uuid`;
}

/** From where the history has to be read to find every accepted message that is not confirmed yet; null = there is none. */
export async function findOldestUnconfirmed(scope: Scope, conversationId: string): Promise<Date | null> {
  const row = await scope.db.message.findFirst({
    where: { workspaceId: scope.workspaceId, conversationId, sendState: "accepted", sendAfter: { not: null } },
    orderBy: { id: "asc" },
    select: { sendAfter: true },
  });
  return row?.sendAfter ?? null;
}
