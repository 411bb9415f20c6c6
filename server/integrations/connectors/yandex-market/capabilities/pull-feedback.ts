import { z } from "zod";
import { allOf } from "@/lib/all-of";
import { ConnectorError } from "../../../contract/errors";
import { type ConnectorContext, type Cursor, countOf, type MessagingPullInput, type PullPage } from "../../../contract/ports";
import type { ExternalConversation, RejectedRecord } from "../../../contract/records";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Neither reviews nor questions tell when something about them changed: everything recent is looked at again this often. */
export const FULL_SWEEP_MS = 6 * HOUR_MS;
/** New entries that need no answer are not on the list of those that do. */
const RECENT_MS = 3 * DAY_MS;
/** Replies are one call each, and questions have 1 000 calls an hour: a page stays short, so that little is lost when one fails. */
const DETAILS_A_PAGE = 12;
const AT_ONCE = 3;

const moment = z.iso.datetime();
const checkpointSchema = z.object({ fullSweepAt: moment });
const cursorSchema = z.object({
  mode: z.enum(["full", "quick"]),
  /** Quick sweeps go through what waits for an answer first, then through what is new. */
  part: z.enum(["waiting", "all"]),
  startedAt: moment,
  from: moment,
  list: z.string().optional(),
  /** How many entries of the page at `list` are done with. */
  skip: z.number().int().nonnegative(),
  done: z.number().int().nonnegative(),
});
type SweepCursor = z.output<typeof cursorSchema>;

/** An entry of the list, understood as far as the sweep needs it. */
export interface Entry {
  readonly externalId: string;
  /** Whether the service itself says that there may be replies. */
  readonly mayHaveReplies: boolean;
  readonly isSettled: boolean;
  /** @param head newest message held, if any. @param detail whether replies are to be read. */
  read(detail: boolean, head: string | undefined): Promise<{ readonly conversation: ExternalConversation; readonly rejected: readonly RejectedRecord[] }>;
}

/** What is different about reviews and about questions. */
export interface Source {
  /** The longest span one list may cover. */
  readonly maxWindowMs: number;
  /** Whether an entry that waits for us can carry replies: then the buyer has said more, and it is read again. */
  readonly waitingHasReplies: boolean;
  /** How many of the newest entries a quick sweep looks at again although they were answered. */
  readonly recheck: number;
  list(input: { readonly waiting: boolean; readonly from: Date; readonly to: Date; readonly pageToken: string | undefined }): Promise<{
    readonly entries: readonly Entry[];
    readonly rejected: readonly RejectedRecord[];
    readonly next: string | undefined;
  }>;
}

/**
 * One page of a sweep over reviews or questions. An entry is read with its replies when it is new, when it was bare and may have
 * been answered elsewhere, when it waits for us again, and in a full sweep always (moderation of our own words is told nowhere else).
 */
export async function sweep(context: ConnectorContext, input: MessagingPullInput, source: Source): Promise<PullPage<ExternalConversation>> {
  const cursor = input.cursor === undefined ? begin(context.clock.now(), input, source) : readCursor(input.cursor);
  const to = new Date(cursor.startedAt);
  const page = await source.list({ waiting: cursor.part === "waiting", from: new Date(cursor.from), to, pageToken: cursor.list });
  const entries = page.entries.slice(cursor.skip);
  const read = await readEntries(cursor, input, source, entries);
  const moved = await settled(input, entries.slice(0, read.taken), read.conversations);
  const records = [...read.conversations, ...moved];
  // What could not be understood is told once, with the first part of its page.
  const rejected = [...(cursor.skip === 0 ? page.rejected : []), ...read.rejected];
  const next = goOn(cursor, { taken: read.taken, left: entries.length - read.taken, list: page.next === cursor.list ? undefined : page.next });
  const done = cursor.done + read.taken;
  return {
    records,
    rejected,
    received: records.reduce((sum, record) => sum + countOf(record), 0) + rejected.length,
    ...(next === undefined
      ? { checkpoint: cursor.mode === "full" ? { fullSweepAt: cursor.startedAt } : (input.checkpoint ?? {}) }
      : { next: { ...next, done } }),
    progress: { done },
  };
}

function begin(now: Date, input: MessagingPullInput, source: Source): SweepCursor {
  const known = checkpointSchema.safeParse(input.checkpoint);
  const age = known.success ? now.getTime() - new Date(known.data.fullSweepAt).getTime() : Number.POSITIVE_INFINITY;
  const isQuick = input.window === undefined && age >= 0 && age < FULL_SWEEP_MS;
  const earliest = new Date(now.getTime() - source.maxWindowMs);
  const from = isQuick ? new Date(now.getTime() - RECENT_MS) : (input.window?.from ?? earliest);
  return {
    mode: isQuick ? "quick" : "full",
    part: isQuick ? "waiting" : "all",
    startedAt: now.toISOString(),
    from: (from < earliest ? earliest : from).toISOString(),
    skip: 0,
    done: 0,
  };
}

function readCursor(cursor: Cursor): SweepCursor {
  const parsed = cursorSchema.safeParse(cursor);
  if (!parsed.success) throw new ConnectorError("invalid", "remote.cursor", { cause: parsed.error });
  return parsed.data;
}

function goOn(cursor: SweepCursor, at: { readonly taken: number; readonly left: number; readonly list: string | undefined }): SweepCursor | undefined {
  const { list: _, ...rest } = cursor;
  if (at.left > 0) return { ...cursor, skip: cursor.skip + at.taken };
  if (at.list !== undefined) return { ...rest, skip: 0, list: at.list };
  return cursor.part === "waiting" ? { ...rest, skip: 0, part: "all" } : undefined;
}

interface ReadEntries {
  readonly conversations: readonly ExternalConversation[];
  readonly rejected: readonly RejectedRecord[];
  readonly taken: number;
}

type Plan = { readonly entry: Entry; readonly action: "skip" | "bare" | "detail"; readonly head: string | undefined };

function planOf(entry: Entry, place: number, head: string | undefined, cursor: SweepCursor, source: Source): Plan {
  const isBare = head === undefined || head === entry.externalId;
  const mayHaveReplies = entry.mayHaveReplies && (cursor.part === "all" || source.waitingHasReplies);
  if (cursor.mode === "full") return { entry, head, action: mayHaveReplies ? "detail" : head === undefined ? "bare" : "skip" };
  const isAmongNewest = cursor.list === undefined && place < source.recheck;
  if (mayHaveReplies && (isBare || cursor.part === "waiting" || isAmongNewest)) return { entry, head, action: "detail" };
  return { entry, head, action: head === undefined ? "bare" : "skip" };
}

async function readEntries(cursor: SweepCursor, input: MessagingPullInput, source: Source, entries: readonly Entry[]): Promise<ReadEntries> {
  const heads = entries.length === 0 ? new Map<string, string>() : await input.knownHeads(entries.map((entry) => entry.externalId));
  const plans = entries.map((entry, index) => planOf(entry, cursor.skip + index, heads.get(entry.externalId), cursor, source));
  const conversations: ExternalConversation[] = [];
  const rejected: RejectedRecord[] = [];
  let taken = 0;
  let details = 0;
  while (taken < plans.length && details < DETAILS_A_PAGE) {
    const slice = plans.slice(taken, taken + AT_ONCE);
    const results = await allOf(slice.map((plan) => (plan.action === "skip" ? undefined : plan.entry.read(plan.action === "detail", plan.head))));
    for (const [index, result] of results.entries()) {
      const plan = slice[index];
      if (result === undefined || plan === undefined) continue;
      rejected.push(...result.rejected);
      // A quick look at something known that found no reply has nothing to tell.
      const isNews = cursor.mode === "full" || plan.head === undefined || result.conversation.lastMessageId !== plan.head;
      if (isNews) conversations.push(result.conversation);
    }
    details += slice.filter((plan) => plan.action === "detail").length;
    taken += slice.length;
  }
  return { conversations, rejected, taken };
}

/** Entries that were put away, or brought back, without a word: their state alone is handed over. */
async function settled(input: MessagingPullInput, entries: readonly Entry[], told: readonly ExternalConversation[]): Promise<ExternalConversation[]> {
  const silent = entries.filter((entry) => !told.some((conversation) => conversation.externalId === entry.externalId));
  if (input.knownClosed === undefined || silent.length === 0) return [];
  const closed = await input.knownClosed(silent.map((entry) => entry.externalId));
  const changed = silent.filter((entry) => entry.isSettled !== closed.has(entry.externalId));
  const read = await Promise.all(changed.map((entry) => entry.read(false, undefined)));
  return read.map(({ conversation }) => ({ ...conversation, messages: [], lastMessageId: undefined }));
}

/** Parses a list's entries one by one. */
export function parseEntries<T>(
  raws: readonly unknown[],
  schema: z.ZodType<T>,
  errorCode: string,
): { readonly parsed: readonly T[]; readonly rejected: RejectedRecord[] } {
  const parsed: T[] = [];
  const rejected: RejectedRecord[] = [];
  for (const raw of raws) {
    const result = schema.safeParse(raw);
    if (result.success) parsed.push(result.data);
    else rejected.push({ kind: "conversation", payload: raw, errorCode, errorText: z.prettifyError(result.error).slice(0, 500) });
  }
  return { parsed, rejected };
}
