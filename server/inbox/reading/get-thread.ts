import { z } from "zod";
import { notFound } from "@/server/platform/errors";
import type { Scope } from "@/server/platform/transaction";
import { withProductNames } from "./list-conversations";
import { findSummary, listMessageRows, type ThreadRow } from "./repository";
import type { GetThreadInput, MessageView, ThreadPage } from "./schema";

/** As stored by the ingest; an entry of another shape is shown as a nameless file rather than hiding the message. */
export const storedAttachmentsSchema = z.array(
  z.object({
    kind: z.enum(["image", "file"]).catch("file"),
    url: z.string().catch(""),
    name: z.string().catch(""),
    moderation: z.enum(["passed", "pending", "failed"]).optional().catch(undefined),
  }),
);

/** @throws AppError `inbox.conversation_not_found`. */
export async function getThread(scope: Scope, userId: string, input: GetThreadInput): Promise<ThreadPage> {
  const summary = await findSummary(scope, userId, input.conversationId);
  if (summary === null) throw notFound("inbox.conversation_not_found");
  const rows = await listMessageRows(scope, input.conversationId, input.cursor, input.limit);
  const page = rows.slice(0, input.limit);
  const oldest = rows.length > input.limit ? page.at(-1) : undefined;
  const [conversation = { ...summary, productName: null }] = await withProductNames(scope, [summary]);
  return {
    conversation,
    messages: page.map(toView).reverse(),
    olderCursor: oldest === undefined ? null : { at: oldest.sentAt, id: oldest.id },
  };
}

/** The service's addresses stay here: the browser asks for an attachment by its place in the message. */
function toView(row: ThreadRow): MessageView {
  const { id, side, authorKind, authorRef, authorUserId, text, orderNumber, sku, isReadByBuyer, sentAt } = row;
  const attachments = storedAttachmentsSchema
    .parse(row.attachments)
    .map(({ kind, name, moderation }, index) => ({ index, kind, name, moderation: moderation ?? null }));
  return { id, side, authorKind, authorRef, authorUserId, text, attachments, orderNumber, sku, isReadByBuyer, sentAt, send: sendOf(row) };
}

function sendOf(row: ThreadRow): MessageView["send"] {
  if (row.sendId === null || row.sendState === null) return null;
  return {
    sendId: row.sendId,
    state: row.sendState,
    attempts: row.sendAttempts,
    nextAt: row.sendNextAt,
    errorCode: row.sendErrorCode,
    errorText: row.sendErrorText,
    file: row.fileName === null ? null : { name: row.fileName, size: row.fileSize ?? 0, contentType: row.fileType ?? "application/octet-stream" },
  };
}
