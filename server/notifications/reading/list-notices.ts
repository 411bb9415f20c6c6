import type { z } from "zod";
import type { Scope } from "@/server/platform/transaction";
import type { ListNoticesInput, listNoticesOutput } from "../schema";
import { countUnread, listNoticeRows } from "./notice.repository";
import { viewOf } from "./notice-view";

/** A member's notices, newest first. */
export async function listNotices(scope: Scope, userId: string, input: ListNoticesInput): Promise<z.output<typeof listNoticesOutput>> {
  const rows = await listNoticeRows(scope, userId, input);
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  const nextCursor = rows.length > input.limit && last !== undefined ? { at: last.createdAt, id: last.id } : null;
  return { notices: page.map(viewOf), nextCursor, unread: await countUnread(scope, userId) };
}

export async function unreadNotices(scope: Scope, userId: string): Promise<{ unread: number }> {
  return { unread: await countUnread(scope, userId) };
}
