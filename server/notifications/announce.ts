import { publish } from "@/server/platform/live";
import type { Scope } from "@/server/platform/transaction";

/** Live events of notices: `<user>:<notice>` for a new one, `<user>` when they changed, `<user>:test` for a sample. */
export const NOTICES_TOPIC = "notices";
const TEST = "test";

export async function announceNew(scope: Scope, userId: string, noticeId: string): Promise<void> {
  await publish(scope.db, { workspaceId: scope.workspaceId, topic: NOTICES_TOPIC, id: `${userId}:${noticeId}` });
}

export async function announceChange(scope: Scope, userId: string): Promise<void> {
  await publish(scope.db, { workspaceId: scope.workspaceId, topic: NOTICES_TOPIC, id: userId });
}

export async function announceTest(scope: Scope, userId: string): Promise<void> {
  await publish(scope.db, { workspaceId: scope.workspaceId, topic: NOTICES_TOPIC, id: `${userId}:${TEST}` });
}

export type Announced = { readonly type: "new"; readonly noticeId: string } | { readonly type: "changed" } | { readonly type: "test" };

/** What an event id says to `userId`; null when it is somebody else's. */
export function readAnnouncement(id: string, userId: string): Announced | null {
  const [who, what] = id.split(":");
  if (who !== userId) return null;
  if (what === undefined) return { type: "changed" };
  return what === TEST ? { type: "test" } : { type: "new", noticeId: what };
}
