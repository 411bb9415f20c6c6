import { type NoticeView, noticeKindSchema, noticeParamsSchema } from "../schema";
import type { NoticeRow } from "./notice.repository";

/** Where a notice leads, a path of the application. */
export function targetOf({ conversationId, connectionId, orderId }: Pick<NoticeRow, "conversationId" | "connectionId" | "orderId">): string {
  if (conversationId !== null) return `/inbox/${conversationId}`;
  if (orderId !== null) return `/orders/${orderId}`;
  return connectionId === null ? "/" : `/integrations/${connectionId}`;
}

/** A row as its reader sees it; what only the bundling needs stays behind. */
export function viewOf(row: NoticeRow): NoticeView {
  const { id, kind, conversationId, connectionId, orderId, params, createdAt, readAt } = row;
  return {
    noticeId: id,
    kind: noticeKindSchema.parse(kind),
    params: noticeParamsSchema.parse(params),
    conversationId,
    connectionId,
    orderId,
    target: targetOf(row),
    createdAt,
    readAt,
  };
}
