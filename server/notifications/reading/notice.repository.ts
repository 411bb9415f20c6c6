import { UNREAD_LIMIT } from "@/lib/notices";
import type { Scope } from "@/server/platform/transaction";
import type { ListNoticesInput } from "../schema";

/** A member's own rows of `notice`. */
export async function listNoticeRows({ workspaceId, db }: Scope, userId: string, { unreadOnly, cursor, limit }: ListNoticesInput) {
  return db.notice.findMany({
    where: {
      workspaceId,
      userId,
      ...(unreadOnly ? { readAt: null } : {}),
      ...(cursor === undefined ? {} : { OR: [{ createdAt: { lt: cursor.at } }, { createdAt: cursor.at, id: { lt: cursor.id } }] }),
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: limit + 1,
  });
}

export type NoticeRow = Awaited<ReturnType<typeof listNoticeRows>>[number];

export async function findNotice({ workspaceId, db }: Scope, userId: string, noticeId: string): Promise<NoticeRow | null> {
  return db.notice.findFirst({ where: { workspaceId, userId, id: noticeId } });
}

/** Counts unread ones up to `UNREAD_LIMIT`; one walk of a partial index. */
export async function countUnread({ workspaceId, db }: Scope, userId: string): Promise<number> {
  const rows = await db.notice.findMany({ where: { workspaceId, userId, readAt: null }, select: { id: true }, take: UNREAD_LIMIT });
  return rows.length;
}

export async function countOwn({ workspaceId, db }: Scope, userId: string, noticeIds: readonly string[]): Promise<number> {
  return db.notice.count({ where: { workspaceId, userId, id: { in: [...noticeIds] } } });
}

export interface ReadFilter {
  readonly noticeIds?: readonly string[];
  readonly conversationId?: string;
}

export async function setRead({ workspaceId, db }: Scope, userId: string, filter: ReadFilter, at: Date): Promise<number> {
  const { noticeIds, conversationId } = filter;
  const { count } = await db.notice.updateMany({
    where: {
      workspaceId,
      userId,
      readAt: null,
      ...(noticeIds === undefined ? {} : { id: { in: [...noticeIds] } }),
      ...(conversationId === undefined ? {} : { conversationId }),
    },
    data: { readAt: at },
  });
  return count;
}
