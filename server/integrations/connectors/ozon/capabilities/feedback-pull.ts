import { z } from "zod";
import { ConnectorError } from "../../../contract/errors";
import { type ConnectorContext, type Cursor, countOf, type MessagingPullInput, type PullPage } from "../../../contract/ports";
import type { ExternalConversation, RejectedRecord } from "../../../contract/records";
import type { FeedbackQuery } from "../feedback-client";

/**
 * The lists name no newest answer, only how many there are, so three sweeps share the work. The quick one lists what nobody has
 * looked at: one call. The full one lists the last weeks and finds what was answered first, put away or moderated. The deep one
 * also asks again under what is answered already, for further answers and buyers' words there. The first run is a deep one.
 */
const FULL_SWEEP_MS = 15 * 60_000;
const DEEP_SWEEP_MS = 6 * 3_600_000;
const RECENT_MS = 30 * 24 * 3_600_000;
const AT_ONCE = 6;
/** Entries whose replies the moderators still have, remembered for the next full sweep. */
const MAX_PENDING = 500;

const cursorSchema = z.object({
  mode: z.enum(["quick", "full", "deep"]),
  startedAt: z.iso.datetime(),
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
  lastId: z.string(),
  /** Found so far in this run. */
  pending: z.array(z.string()),
  done: z.number().int().nonnegative(),
});
type PullCursor = z.output<typeof cursorSchema>;
const checkpointSchema = z.object({ fullSweepAt: z.iso.datetime(), deepSweepAt: z.iso.datetime(), pending: z.array(z.string()) });
type Checkpoint = z.output<typeof checkpointSchema>;

/** One entry of a list page, ready to be compared with what the house holds. */
export interface FeedbackEntry {
  readonly externalId: string;
  /** Id of the buyer's own words, the head of an entry nobody has answered. */
  readonly messageId: string;
  /** As the list counts them. */
  readonly answers: number;
  readonly isPutAway: boolean;
  /** @param isKnown the house holds it already. */
  read(isKnown: boolean): Promise<ReadEntry>;
}

export interface ReadEntry {
  readonly conversation: ExternalConversation;
  /** The moderators still have something of ours. */
  readonly isPending: boolean;
}

/** Questions or reviews, seen as a list whose entries can be read. */
export interface FeedbackSource {
  list(query: FeedbackQuery): Promise<{ readonly items: readonly unknown[]; readonly lastId: string | undefined; readonly hasNext: boolean | undefined }>;
  /** @returns the entry, or why it cannot be understood. */
  entry(raw: unknown): FeedbackEntry | RejectedRecord;
}

export async function pullFeedback(context: ConnectorContext, input: MessagingPullInput, source: FeedbackSource): Promise<PullPage<ExternalConversation>> {
  const checkpoint = readCheckpoint(input.checkpoint);
  const cursor = input.cursor === undefined ? begin(context.clock.now(), checkpoint, input) : readCursor(input.cursor);
  const page = await source.list({ newOnly: cursor.mode === "quick", from: date(cursor.from), to: date(cursor.to), lastId: cursor.lastId });
  const parsed = page.items.map((raw) => source.entry(raw));
  const entries = parsed.filter((entry) => "read" in entry);
  const held = await ask(input, entries);
  const isRemembered = new Set(checkpoint?.pending);
  const read = await readAll(
    entries.filter((entry) => cursor.mode === "deep" || isChanged(entry, held) || isRemembered.has(entry.externalId)),
    held,
  );
  const rejected = [...parsed.filter((entry) => "errorCode" in entry), ...read.rejected];
  const after = { ...cursor, pending: [...cursor.pending, ...read.pending].slice(0, MAX_PENDING), done: cursor.done + page.items.length };
  const next = nextCursor(after, page);
  return {
    records: read.records,
    rejected,
    received: read.records.reduce((sum, record) => sum + countOf(record), 0) + rejected.length,
    ...(next === undefined ? { checkpoint: checkpointAfter(after, checkpoint) } : { next }),
    progress: { done: after.done },
  };
}

/** A checkpoint of the future (the clock was set back) counts as none; a chosen window is read whole. */
function begin(now: Date, checkpoint: Checkpoint | undefined, { window }: MessagingPullInput): PullCursor {
  const base = { startedAt: now.toISOString(), lastId: "", pending: [], done: 0 };
  if (window !== undefined) return { ...base, mode: "deep", from: window.from.toISOString(), to: window.to.toISOString() };
  const isWithin = (since: string | undefined, ms: number) => {
    const age = now.getTime() - new Date(since ?? Number.NaN).getTime();
    return age >= 0 && age < ms;
  };
  if (checkpoint === undefined) return { ...base, mode: "deep" };
  if (isWithin(checkpoint.fullSweepAt, FULL_SWEEP_MS)) return { ...base, mode: "quick" };
  const from = new Date(now.getTime() - RECENT_MS).toISOString();
  return { ...base, mode: isWithin(checkpoint.deepSweepAt, DEEP_SWEEP_MS) ? "full" : "deep", from };
}

function readCheckpoint(checkpoint: Cursor | undefined): Checkpoint | undefined {
  const parsed = checkpointSchema.safeParse(checkpoint);
  return parsed.success ? parsed.data : undefined;
}

function readCursor(cursor: Cursor): PullCursor {
  const parsed = cursorSchema.safeParse(cursor);
  if (!parsed.success) throw new ConnectorError("invalid", "remote.cursor", { cause: parsed.error });
  return parsed.data;
}

/** Only a finished sweep moves its clock; a quick one forgets nobody who waits for the moderators. */
function checkpointAfter({ mode, startedAt, pending }: PullCursor, before: Checkpoint | undefined): Checkpoint {
  if (mode === "deep" || before === undefined) return { fullSweepAt: startedAt, deepSweepAt: startedAt, pending };
  if (mode === "full") return { fullSweepAt: startedAt, deepSweepAt: before.deepSweepAt, pending };
  return { ...before, pending: [...new Set([...before.pending, ...pending])].slice(0, MAX_PENDING) };
}

const date = (text: string | undefined) => (text === undefined ? undefined : new Date(text));

/** An unchanged `last_id` would read the same page for ever. */
function nextCursor(cursor: PullCursor, page: Awaited<ReturnType<FeedbackSource["list"]>>): PullCursor | undefined {
  const goesOn = page.hasNext !== false && page.items.length > 0 && page.lastId !== undefined && page.lastId !== cursor.lastId;
  return goesOn ? { ...cursor, lastId: page.lastId ?? "" } : undefined;
}

/** What the house holds of the listed entries. */
interface Held {
  readonly heads: ReadonlyMap<string, string>;
  readonly closed: ReadonlySet<string>;
}

async function ask(input: MessagingPullInput, entries: readonly FeedbackEntry[]): Promise<Held> {
  const ids = entries.map((entry) => entry.externalId);
  if (ids.length === 0) return { heads: new Map(), closed: new Set() };
  return { heads: await input.knownHeads(ids), closed: (await input.knownClosed?.(ids)) ?? new Set() };
}

/** Whether the list alone shows that the house does not hold it as it is; further answers it does not show. */
function isChanged(entry: FeedbackEntry, { heads, closed }: Held): boolean {
  const head = heads.get(entry.externalId);
  if (head === undefined) return true;
  if (entry.answers > 0) return head === entry.messageId;
  return entry.isPutAway !== closed.has(entry.externalId);
}

interface ReadEntries {
  readonly records: readonly ExternalConversation[];
  /** External ids. */
  readonly pending: readonly string[];
  readonly rejected: readonly RejectedRecord[];
}

/** A few at once, in order. An entry that is gone meanwhile is set aside; it does not hold up the others. */
async function readAll(entries: readonly FeedbackEntry[], { heads }: Held): Promise<ReadEntries> {
  const records: ExternalConversation[] = [];
  const pending: string[] = [];
  const rejected: RejectedRecord[] = [];
  for (let at = 0; at < entries.length; at += AT_ONCE) {
    const slice = entries.slice(at, at + AT_ONCE);
    // Settled first: a page that fails must not leave requests running behind its back.
    const settled = await Promise.allSettled(slice.map((entry) => entry.read(heads.has(entry.externalId))));
    for (const [index, result] of settled.entries()) {
      const externalId = slice[index]?.externalId ?? "";
      if (result.status === "rejected") {
        rejected.push(setAside(externalId, result.reason));
        continue;
      }
      records.push(result.value.conversation);
      if (result.value.isPending) pending.push(externalId);
    }
  }
  return { records, pending, rejected };
}

function setAside(externalId: string, reason: unknown): RejectedRecord {
  if (!(reason instanceof ConnectorError) || reason.kind !== "not-found") throw reason;
  return { kind: "conversation", externalId, payload: { id: externalId }, errorCode: reason.code, errorText: reason.remoteText ?? reason.code };
}

/** An entry of a shape nobody has met, kept whole. */
export function oddEntry(raw: unknown, errorCode: string, error: z.ZodError): RejectedRecord {
  const id = typeof raw === "object" && raw !== null && "id" in raw && typeof raw.id === "string" ? { externalId: raw.id } : {};
  return { kind: "conversation", ...id, payload: raw, errorCode, errorText: z.prettifyError(error).slice(0, 500) };
}

/**
 * Whether the replies have to be asked for although the list counts none: one of ours that the moderators rejected need not be
 * counted [I], and we would never learn of it. Not on a first reading, where that would be a call for every old entry.
 */
export function mayHideReplies(entry: { readonly status: string }, isKnown: boolean): boolean {
  return isKnown && entry.status === "PROCESSED";
}
