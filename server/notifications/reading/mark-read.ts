import { type Clock, systemClock } from "@/server/platform/clock";
import { notFound } from "@/server/platform/errors";
import type { Scope } from "@/server/platform/transaction";
import { announceChange } from "../announce";
import { findPlace } from "../notify/audience.repository";
import { countOwn, countUnread, type ReadFilter, setRead } from "./notice.repository";

async function mark(scope: Scope, userId: string, filter: ReadFilter, clock: Clock): Promise<{ unread: number }> {
  if ((await setRead(scope, userId, filter, clock.now())) > 0) await announceChange(scope, userId);
  return { unread: await countUnread(scope, userId) };
}

/** Marks own notices as read; open pages of the same person follow. @throws AppError `notices.not_found` */
export async function markRead(scope: Scope, userId: string, noticeIds: readonly string[], clock: Clock = systemClock): Promise<{ unread: number }> {
  const wanted = [...new Set(noticeIds)];
  if ((await countOwn(scope, userId, wanted)) !== wanted.length) throw notFound("notices.not_found");
  return mark(scope, userId, { noticeIds: wanted }, clock);
}

/** Marks what the person was told about a conversation. @throws AppError `notices.conversation_not_found` */
export async function markConversationRead(scope: Scope, userId: string, conversationId: string, clock: Clock = systemClock): Promise<{ unread: number }> {
  if ((await findPlace(scope, conversationId)) === null) throw notFound("notices.conversation_not_found");
  return mark(scope, userId, { conversationId }, clock);
}

export async function markAllRead(scope: Scope, userId: string, clock: Clock = systemClock): Promise<{ unread: number }> {
  return mark(scope, userId, {}, clock);
}
