import { emit } from "@/server/platform/events";
import { inWorkspace, type Scope } from "@/server/platform/transaction";
import { sendRequested } from "../events";
import { refreshConversation } from "../refresh-conversation";
import { type ConversationFacts, findConversation } from "../repository";
import { DELIVERY_DEPS, type DeliveryDeps } from "./deliver-next";
import { type Guard, moderationGuard } from "./guard";
import { findOutgoing, type OutgoingRow, readFileContent, releaseHeld, updateSend } from "./sending.repository";
import { UNDO_MS } from "./sending-rules";
import { tellFailure } from "./tell-failure";

export interface HeldMessage {
  readonly workspaceId: string;
  readonly conversationId: string;
  readonly messageId: string;
}

/** released: it is in the queue · held: its moment has not come · stopped: the world has changed, it will not go by itself · gone: taken back, or released before. */
export type Release = "released" | "held" | "stopped" | "gone";

/**
 * Lets a held back message go when its moment has come. What was written for later is looked at again as if it were written now:
 * the guard may have learnt, and the buyer may have written meanwhile, which no prepared answer can know of. A stopped message
 * stays in the thread as refused, with its words.
 */
export async function releaseScheduled(held: HeldMessage, deps: DeliveryDeps = DELIVERY_DEPS, guard: Guard = moderationGuard): Promise<Release> {
  return inWorkspace(held.workspaceId, async (scope) => {
    const conversation = await findConversation(scope, held.conversationId, "lock");
    const row = await findOutgoing(scope, held.messageId);
    if (conversation === null || row?.state !== "scheduled" || row.scheduledAt === null) return "gone";
    const now = deps.clock.now();
    if (row.scheduledAt > now) return "held";
    const refusal = await changeSince(scope, conversation, row, guard);
    if (refusal === null) {
      await releaseHeld(scope, row.id, now);
      await emit(scope.db, [sendRequested.create(held)]);
    } else {
      await updateSend(scope, { messageId: row.id, generation: row.generation, from: ["scheduled"], state: "rejected", nextAt: null, errorCode: refusal });
      await tellFailure(scope, row, refusal);
    }
    await refreshConversation(scope, conversation.id);
    return refusal === null ? "released" : "stopped";
  });
}

/** Why the message may not go any more, as a code; null = it may. The seconds of an undo change nothing. */
async function changeSince(scope: Scope, { lastBuyerMessageAt }: ConversationFacts, row: OutgoingRow, guard: Guard): Promise<string | null> {
  if (row.scheduledAt === null || row.scheduledAt.getTime() - row.writtenAt.getTime() <= UNDO_MS) return null;
  if (lastBuyerMessageAt !== null && lastBuyerMessageAt > row.writtenAt) return "inbox.buyer_wrote_meanwhile";
  if (row.isOverridden) return null;
  const content = row.fileName === null ? null : await readFileContent(scope, row.id);
  const file = content === null || row.fileName === null ? undefined : { name: row.fileName, contentType: row.fileType ?? "application/octet-stream", content };
  const { findings } = await guard({ text: row.text === "" ? undefined : row.text, file });
  return findings.length === 0 ? null : "inbox.guard_blocked";
}
