import { emit } from "@/server/platform/events";
import type { Scope } from "@/server/platform/transaction";
import { sendFailed } from "../events";
import type { OutgoingRow } from "./sending.repository";

/** A message of ours was refused, or waits for a person's word: its writer has to hear of it. In the transaction that decided so. */
export async function tellFailure(scope: Scope, { id, conversationId, authorUserId }: OutgoingRow, code: string): Promise<void> {
  await emit(scope.db, [sendFailed.create({ workspaceId: scope.workspaceId, conversationId, messageId: id, authorUserId, code })]);
}
