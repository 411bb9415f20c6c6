import { newId } from "@/lib/ids";
import { emit } from "@/server/platform/events";
import type { Scope } from "@/server/platform/transaction";
import { changeFailed } from "../events";
import { insertEvents } from "../ingest/ingest.repository";
import type { ChangeState } from "../schema";
import type { ChangeRow } from "./change.repository";

/** A line in the order's timeline: what became of what was asked for. */
export async function noteOutcome(scope: Scope, { id, orderId, action }: ChangeRow, state: ChangeState, at: Date): Promise<void> {
  await insertEvents(scope, [{ id: newId(), orderId, at, actorKind: "system", type: "change", data: { changeId: id, action, state } }]);
}

/** A change of ours was refused, or waits for a person's word: who asked for it has to hear of it. In the transaction that decided so. */
export async function tellFailure(scope: Scope, { id, orderId, requestedBy }: ChangeRow, code: string): Promise<void> {
  await emit(scope.db, [changeFailed.create({ workspaceId: scope.workspaceId, orderId, changeId: id, requestedBy, code })]);
}
