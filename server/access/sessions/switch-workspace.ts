import { writeAudit } from "@/server/platform/audit";
import { notFound } from "@/server/platform/errors";
import { inSystem } from "@/server/platform/transaction";
import { moveSession } from "./repository";
import type { Actor, MemberSession } from "./session";

/** Moves the asking session into another workspace of the person. @throws AppError `workspace.not_found` (404). */
export async function switchWorkspace(session: MemberSession, actor: Actor, workspaceId: string): Promise<void> {
  await inSystem(async (tx) => {
    const moved = await moveSession(tx, { id: session.sessionId, userId: session.userId }, workspaceId);
    if (!moved) throw notFound("workspace.not_found");
    await writeAudit({ workspaceId, db: tx }, { actor, ip: actor.ip, action: "session.entered", subject: { type: "session", id: session.sessionId } });
  });
}
