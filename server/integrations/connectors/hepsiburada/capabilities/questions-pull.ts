import { z } from "zod";
import { type ConnectorContext, countOf, type MessagingPullInput, type PullPage } from "../../../contract/ports";
import { readCursor } from "../../../contract/read-cursor";
import type { ExternalConversation, RejectedRecord } from "../../../contract/records";
import { hepsiburadaClient } from "../client";
import { isClosed, toConversation } from "../issues";
import { issueSchema, type RemoteIssue } from "../schemas";

const SIZE = 50;
/** News may be late. */
const OVERLAP_MS = 5 * 60_000;

const cursorSchema = z.object({
  from: z.iso.datetime().optional(),
  page: z.number().int().positive(),
  startedAt: z.iso.datetime(),
  done: z.number().int().nonnegative(),
});
type Place = z.output<typeof cursorSchema>;
const checkpointSchema = z.object({ readAt: z.iso.datetime() });

/**
 * By the moment of their last change, oldest first, going on from the newest one read: what changes meanwhile moves to the end and
 * shifts nothing over a page's edge.
 */
export async function pullQuestions(context: ConnectorContext, input: MessagingPullInput): Promise<PullPage<ExternalConversation>> {
  const place = input.cursor === undefined ? begin(context.clock.now(), input) : readCursor(cursorSchema, input.cursor);
  const from = place.from === undefined ? undefined : new Date(place.from);
  const answer = await hepsiburadaClient(context).issues({ from, page: place.page, size: SIZE });
  const issues: RemoteIssue[] = [];
  const rejected: RejectedRecord[] = [];
  for (const row of answer.data) {
    const parsed = issueSchema.safeParse(row);
    if (parsed.success) issues.push(parsed.data);
    else rejected.push({ kind: "conversation", payload: row, errorCode: "hepsiburada.issue_shape", errorText: z.prettifyError(parsed.error).slice(0, 500) });
  }
  const records = await news(issues, input);
  const next = answer.data.length < SIZE ? undefined : follow(place, issues);
  const done = place.done + issues.length;
  return {
    records,
    rejected,
    received: records.reduce((sum, record) => sum + countOf(record), 0) + rejected.length,
    ...(next === undefined ? { checkpoint: { readAt: place.startedAt } } : { next: { ...next, done } satisfies Place }),
    progress: { done },
  };
}

function begin(now: Date, input: MessagingPullInput): Place {
  const known = checkpointSchema.safeParse(input.checkpoint);
  const since = input.window?.from ?? (known.success ? new Date(Date.parse(known.data.readAt) - OVERLAP_MS) : undefined);
  return { page: 1, startedAt: now.toISOString(), done: 0, ...(since === undefined ? {} : { from: since.toISOString() }) };
}

function follow(place: Place, issues: readonly RemoteIssue[]): Place {
  const newest = issues.at(-1);
  const at = (newest?.lastModifiedAt ?? newest?.createdAt)?.toISOString();
  // A whole page of one moment: only the page number leads on.
  return at === undefined || at === place.from ? { ...place, page: place.page + 1 } : { ...place, from: at, page: 1 };
}

/** What carries a message we do not hold goes over whole; what was only opened or closed, without its messages. */
async function news(issues: readonly RemoteIssue[], input: MessagingPullInput): Promise<readonly ExternalConversation[]> {
  if (issues.length === 0) return [];
  const ids = issues.map((issue) => issue.issueNumber);
  const heads = await input.knownHeads(ids);
  const closed = await input.knownClosed?.(ids);
  return issues.flatMap((issue) => {
    const conversation = toConversation(issue);
    if (heads.get(issue.issueNumber) !== conversation.lastMessageId) return [conversation];
    const isMoved = closed !== undefined && closed.has(issue.issueNumber) !== isClosed(issue);
    return isMoved ? [{ ...conversation, messages: [], lastMessageId: undefined }] : [];
  });
}
