import { newId } from "@/lib/ids";
import type { Scope } from "@/server/platform/transaction";
import type { NoticeKind, NoticeParams, OutsideChannel } from "../schema";

export interface NoticeSeed {
  readonly userId: string;
  readonly kind: NoticeKind;
  readonly conversationId: string | null;
  readonly connectionId: string | null;
  readonly orderId: string | null;
  readonly params: NoticeParams;
  /** Messages counted already, so that an event that comes again counts once. */
  readonly countedKeys: readonly string[];
  readonly dedupeKey: string;
  readonly createdAt: Date;
  /** Whoever wants nothing in the browser has it in the list as seen. */
  readonly isUnread: boolean;
}

/** Writes notices; one that was told already is left alone. @returns the new ones. */
export async function insertNotices({ workspaceId, db }: Scope, seeds: readonly NoticeSeed[]): Promise<{ id: string; userId: string }[]> {
  if (seeds.length === 0) return [];
  return db.notice.createManyAndReturn({
    data: seeds.map(({ isUnread, params, countedKeys, createdAt, ...seed }) => ({
      ...seed,
      id: newId(),
      workspaceId,
      params: { ...params, countedKeys: [...countedKeys] },
      createdAt,
      readAt: isUnread ? null : createdAt,
    })),
    skipDuplicates: true,
    select: { id: true, userId: true },
  });
}

/** One writer of a conversation's notices at a time, until the transaction ends. */
export async function lockConversationNotices({ workspaceId, db }: Scope, conversationId: string): Promise<void> {
  await db.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`notices:${workspaceId}:${conversationId}`}, 0))::text`;
}

/** Unread new-message notices of a conversation made since `since`: later messages join them. */
export async function findOpenBundles({ workspaceId, db }: Scope, conversationId: string, userIds: readonly string[], since: Date) {
  return db.notice.findMany({
    where: { workspaceId, conversationId, kind: "new_message", userId: { in: [...userIds] }, readAt: null, createdAt: { gt: since } },
    orderBy: { createdAt: "desc" },
  });
}

export async function writeBundle({ workspaceId, db }: Scope, id: string, params: NoticeParams, countedKeys: readonly string[]): Promise<void> {
  await db.notice.updateMany({ where: { workspaceId, id }, data: { params: { ...params, countedKeys: [...countedKeys] } } });
}

/** Notices of a kind the same event may already have made. */
export async function toldAlready({ workspaceId, db }: Scope, userIds: readonly string[], dedupeKey: string): Promise<Set<string>> {
  const rows = await db.notice.findMany({ where: { workspaceId, userId: { in: [...userIds] }, dedupeKey }, select: { userId: true } });
  return new Set(rows.map((row) => row.userId));
}

export interface DeliverySeed {
  readonly noticeId: string;
  readonly userId: string;
  readonly channel: OutsideChannel;
  readonly form: "single" | "digest";
  readonly notBefore: Date;
  readonly createdAt: Date;
}

export async function insertDeliveries({ workspaceId, db }: Scope, seeds: readonly DeliverySeed[]): Promise<void> {
  if (seeds.length === 0) return;
  await db.noticeDelivery.createMany({ data: seeds.map((seed) => ({ ...seed, id: newId(), workspaceId, status: "waiting" })) });
}
