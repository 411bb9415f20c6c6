import { z } from "zod";
import type { Viewer } from "@/server/access/index";
import { notFound } from "@/server/platform/errors";
import type { Scope } from "@/server/platform/transaction";
import { kindOfChannel } from "../rules";
import type { GetThreadInput, MessageView, ThreadPage } from "../schema";
import { findSummary } from "./list.repository";
import { toSummaries } from "./list-conversations";
import { findHeadId, listMessageRows, listParts, type ThreadRow } from "./thread.repository";

/** As stored by the ingest; an entry of another shape is shown as a nameless file rather than hiding the message. */
export const storedAttachmentsSchema = z.array(
  z.object({
    kind: z.enum(["image", "file"]).catch("file"),
    url: z.string().catch(""),
    name: z.string().catch(""),
    moderation: z.enum(["passed", "pending", "failed"]).optional().catch(undefined),
  }),
);

const moderationSchema = z.enum(["passed", "pending", "failed"]).nullable().catch(null);

/** A page of messages; of a merged conversation, those of its whole thread. @throws AppError `inbox.conversation_not_found`. */
export async function getThread(scope: Scope, viewer: Viewer, input: GetThreadInput): Promise<ThreadPage> {
  const headId = await findHeadId(scope, viewer, input.conversationId);
  const summary = headId === null ? null : await findSummary(scope, viewer, headId);
  if (summary === null) throw notFound("inbox.conversation_not_found");
  const [conversation] = await toSummaries(scope, [summary]);
  if (conversation === undefined) throw notFound("inbox.conversation_not_found");
  const parts = await listParts(scope, viewer, summary.id);
  const rows = await listMessageRows(
    scope,
    parts.map((part) => part.conversationId),
    input.cursor,
    input.limit,
  );
  const page = rows.slice(0, input.limit);
  const oldest = rows.length > input.limit ? page.at(-1) : undefined;
  return {
    conversation,
    parts: parts.map((part) => ({ ...part, kind: kindOfChannel(part.channel) })),
    messages: page.map(toView).reverse(),
    olderCursor: oldest === undefined ? null : { at: oldest.sentAt, id: oldest.id },
  };
}

/** The service's addresses stay here: the browser asks for an attachment by its place in the message. */
function toView(row: ThreadRow): MessageView {
  const { id, conversationId, side, authorKind, authorRef, authorUserId, text, orderNumber, sku, isReadByBuyer, sentAt } = row;
  const moderation = moderationSchema.parse(row.moderation);
  const attachments = storedAttachmentsSchema
    .parse(row.attachments)
    .map(({ kind, name, moderation }, index) => ({ index, kind, name, moderation: moderation ?? null }));
  return {
    id,
    conversationId,
    side,
    authorKind,
    authorRef,
    authorUserId,
    text,
    attachments,
    orderNumber,
    sku,
    isReadByBuyer,
    moderation,
    sentAt,
    send: sendOf(row),
  };
}

function sendOf(row: ThreadRow): MessageView["send"] {
  if (row.sendId === null || row.sendState === null) return null;
  return {
    sendId: row.sendId,
    state: row.sendState,
    attempts: row.sendAttempts,
    nextAt: row.sendNextAt,
    releaseAt: row.sendState === "scheduled" ? row.sendScheduledAt : null,
    errorCode: row.sendErrorCode,
    errorText: row.sendErrorText,
    file: row.fileName === null ? null : { name: row.fileName, size: row.fileSize ?? 0, contentType: row.fileType ?? "application/octet-stream" },
  };
}
