import { type MemberSession, type Viewer, viewerOf } from "@/server/access/index";
import { inWorkspace, type Scope, type TransactionOptions } from "@/server/platform/transaction";

export type ViewerSession = Pick<MemberSession, "workspaceId" | "userId" | "role" | "conversationScope">;

/** Runs `work` in a transaction of the person's workspace with their eyes: how every request of a person begins. */
export function asViewer<T>(session: ViewerSession, work: (scope: Scope, viewer: Viewer) => Promise<T>, options?: TransactionOptions): Promise<T> {
  return inWorkspace(session.workspaceId, async (scope) => work(scope, await viewerOf(scope, session)), options);
}
