import type { Viewer } from "@/server/access/index";
import { notFound } from "@/server/platform/errors";
import type { Scope } from "@/server/platform/transaction";
import { findHeadId, listParts } from "../reading/thread.repository";

/** All conversations of the thread this one belongs to, the head first. @throws AppError `inbox.conversation_not_found`. */
export async function threadIds(scope: Scope, viewer: Viewer, conversationId: string): Promise<string[]> {
  const headId = await findHeadId(scope, viewer, conversationId);
  if (headId === null) throw notFound("inbox.conversation_not_found");
  const parts = await listParts(scope, viewer, headId);
  return parts.map((part) => part.conversationId);
}
