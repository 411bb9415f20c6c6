import { z } from "zod";
import type { ExternalConversation } from "../../../contract/records";
import type { AnswerItem } from "../answers";

/**
 * What the heads of conversations cannot tell: which answers were under moderation and which edited ones we have seen. A few ids
 * in the checkpoint save handing every answered question and review over again on every sweep.
 */
export const memorySchema = z.object({
  /** Answers being checked, with the moment we gave them. */
  pending: z.record(z.string(), z.iso.datetime()),
  /** Edited answers handed over, newest last. */
  edited: z.array(z.string()),
});
export type Memory = z.output<typeof memorySchema>;

const KEPT = 500;
const EDITABLE_MS = 62 * 86_400_000;

export interface Seen {
  /** The newest message id a pull has carried. */
  readonly head: string | undefined;
  /** Undefined where the house does not tell. */
  readonly isClosed: boolean | undefined;
}

export interface Verdict {
  /** What to hand over; undefined = nothing has changed. */
  readonly record?: ExternalConversation | undefined;
  readonly memory: Memory;
}

/** Whether anything about a question or review is news, and the moment of its answer where the service keeps none. */
export function judge(item: AnswerItem, seen: Seen, memory: Memory, now: Date): Verdict {
  const head = item.answer?.messageId ?? item.externalId;
  const isPending = item.answer?.moderation === "pending";
  const pendingSince = memory.pending[item.externalId];
  const isNewEdit = item.answer?.isEdited === true && now.getTime() - item.createdAt.getTime() < EDITABLE_MS && !memory.edited.includes(item.externalId);
  const answeredAt = pendingSince === undefined ? momentOf(item, seen, now) : new Date(pendingSince);
  const next: Memory = {
    pending: isPending ? keep(memory.pending, item.externalId, answeredAt) : without(memory.pending, item.externalId),
    edited: isNewEdit ? [...memory.edited, item.externalId].slice(-KEPT) : memory.edited,
  };
  const isNews = seen.head !== head || isPending !== (pendingSince !== undefined) || isNewEdit;
  if (isNews) return { record: item.toConversation(answeredAt), memory: next };
  // An unchanged one that was opened or closed meanwhile goes over without its messages.
  if (seen.isClosed !== undefined && seen.isClosed !== item.isClosed) return { record: { ...item.toConversation(answeredAt), messages: [] }, memory: next };
  return { memory: next };
}

/**
 * The service keeps no time of an answer to a review. One that appeared between two pulls was given about now; of one that was
 * there from the beginning we know only that it came after the review.
 */
function momentOf(item: AnswerItem, seen: Seen, now: Date): Date {
  if (item.answer?.at !== undefined) return item.answer.at;
  return seen.head === undefined ? new Date(item.createdAt.getTime() + 1_000) : now;
}

function keep(pending: Memory["pending"], id: string, at: Date): Memory["pending"] {
  const entries = Object.entries({ ...pending, [id]: at.toISOString() });
  return Object.fromEntries(entries.slice(-KEPT));
}

function without(pending: Memory["pending"], id: string): Memory["pending"] {
  if (!(id in pending)) return pending;
  return Object.fromEntries(Object.entries(pending).filter(([other]) => other !== id));
}
