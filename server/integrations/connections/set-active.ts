import { writeAudit } from "@/server/platform/audit";
import { type Clock, systemClock } from "@/server/platform/clock";
import { notFound } from "@/server/platform/errors";
import { publish } from "@/server/platform/live";
import { inWorkspace } from "@/server/platform/transaction";
import { hurryStreams } from "../sync/stream.repository";
import { endWatch, forgetConnection, updateConnection } from "./connection.repository";
import { type Actor, by } from "./credentials";

/**
 * Pauses or resumes polling. Pushes are taken in either state: nothing stops receiving.
 * @throws AppError `connection.not_found`.
 */
export async function setActive(workspaceId: string, id: string, isActive: boolean, actor: Actor, clock: Clock = systemClock): Promise<void> {
  await inWorkspace(workspaceId, async (scope) => {
    if (!(await updateConnection(scope, id, { isActive }))) throw notFound("connection.not_found");
    if (isActive) await hurryStreams(scope, id, clock.now());
    else await endWatch(scope, id, clock.now());
    await writeAudit(scope, { ...by(actor), action: isActive ? "connection.resumed" : "connection.paused", subject: { type: "connection", id } });
    await publish(scope.db, { workspaceId, topic: "connections", id });
  });
}

/**
 * Removes a connection: its key and webhook address are gone at once, what it brought stays.
 * @throws AppError `connection.not_found`.
 */
export async function removeConnection(workspaceId: string, id: string, actor: Actor, clock: Clock = systemClock): Promise<void> {
  await inWorkspace(workspaceId, async (scope) => {
    if (!(await forgetConnection(scope, id, clock.now()))) throw notFound("connection.not_found");
    await writeAudit(scope, { ...by(actor), action: "connection.removed", subject: { type: "connection", id } });
    await publish(scope.db, { workspaceId, topic: "connections", id });
  });
}
