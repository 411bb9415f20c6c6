import { z } from "zod";
import { ConnectorError } from "../../../contract/errors";
import { type ConnectorContext, type Cursor, countOf, type MessagingPullInput, type PullPage, type PullWarning } from "../../../contract/ports";
import type { ExternalConversation, RejectedRecord } from "../../../contract/records";
import { type AnswerItem, questionId, questionItem, reviewId, reviewItem } from "../answers";
import { type WildberriesClient, wildberriesClient } from "../client";
import { questionSchema, reviewSchema } from "../schemas";
import { decodeToken } from "../token";
import { judge, type Memory, memorySchema, type Seen } from "./answers-memory";

/**
 * Three sweeps over questions or reviews. Every run: what has no answer. Every half hour also what has one (written in the
 * cabinet, edited, moderated, archived) and is young enough to change. Once a day the whole past, for answers to old ones.
 */
const FULL_SWEEP_MS = 30 * 60_000;
const DEEP_SWEEP_MS = 24 * 3_600_000;
/** An answer can be edited for 60 days. */
const YOUNG_MS = 62 * 86_400_000;
const TAKE = 500;
/** take + skip of /questions; dates go on from there. */
const MAX_REACH = 10_000;
/** skip of /feedbacks and its archive. */
const MAX_SKIP = 199_990;
/** A base token has five calls an hour for everything about questions and reviews. */
const BASE_GAP_MS = 30 * 60_000;

type Stream = "questions" | "reviews";
type Depth = "quick" | "full" | "deep";

const cursorSchema = z.object({
  depth: z.enum(["quick", "full", "deep"]),
  phase: z.enum(["waiting", "done"]),
  startedAt: z.iso.datetime(),
  from: z.number().int().optional(),
  since: z.iso.datetime().optional(),
  skip: z.number().int().nonnegative(),
  done: z.number().int().nonnegative(),
  memory: memorySchema,
});
type Place = z.output<typeof cursorSchema>;
const checkpointSchema = z.object({
  /** How far back the first run was to look; what is older and settled stays out of the house for good. */
  since: z.iso.datetime().optional(),
  readAt: z.iso.datetime(),
  fullAt: z.iso.datetime().optional(),
  deepAt: z.iso.datetime().optional(),
  memory: memorySchema,
});
type Checkpoint = z.output<typeof checkpointSchema>;

export async function pullAnswers(context: ConnectorContext, input: MessagingPullInput, stream: Stream): Promise<PullPage<ExternalConversation>> {
  const now = context.clock.now();
  const isBase = decodeToken(context.credentials["token"] ?? "")?.type === "base";
  const checkpoint = readCheckpoint(input.checkpoint);
  if (isBase && input.cursor === undefined && checkpoint !== undefined && age(checkpoint.readAt, now) < BASE_GAP_MS) {
    return { records: [], rejected: [], received: 0, checkpoint };
  }
  const place = input.cursor === undefined ? begin(checkpoint, input, now, isBase) : readCursor(input.cursor);
  const raws = await readPage(wildberriesClient(context), stream, place);
  const parsed = parse(raws, stream, now);
  const { records, memory } = await select(parsed.items, place, input, now);
  const done = place.done + parsed.items.length;
  const next = follow(place, stream, raws.length, parsed.items, isBase);
  return {
    records,
    rejected: parsed.rejected,
    received: records.reduce((sum, record) => sum + countOf(record), 0) + parsed.rejected.length,
    ...(isBase ? { warnings: [{ code: "wildberries.base_token" } satisfies PullWarning] } : {}),
    ...(next === undefined ? { checkpoint: conclude(place, checkpoint, memory, now) } : { next: { ...next, done, memory } satisfies Place }),
    progress: { done },
  };
}

function readCheckpoint(checkpoint: Cursor | undefined): Checkpoint | undefined {
  const parsed = checkpointSchema.safeParse(checkpoint);
  return parsed.success ? parsed.data : undefined;
}

function readCursor(cursor: Cursor): Place {
  const parsed = cursorSchema.safeParse(cursor);
  if (!parsed.success) throw new ConnectorError("invalid", "remote.cursor", { cause: parsed.error });
  return parsed.data;
}

function begin(checkpoint: Checkpoint | undefined, input: MessagingPullInput, now: Date, isBase: boolean): Place {
  const since = input.window?.from.toISOString() ?? checkpoint?.since;
  const depth = isBase ? "quick" : input.window === undefined ? depthOf(checkpoint, now) : "deep";
  const memory = checkpoint?.memory ?? { pending: {}, edited: [] };
  return { depth, phase: "waiting", startedAt: now.toISOString(), skip: 0, done: 0, memory, ...(since === undefined ? {} : { since }) };
}

function depthOf(checkpoint: Checkpoint | undefined, now: Date): Depth {
  if (age(checkpoint?.deepAt, now) >= DEEP_SWEEP_MS) return "deep";
  return age(checkpoint?.fullAt, now) >= FULL_SWEEP_MS ? "full" : "quick";
}

function age(instant: string | undefined, now: Date): number {
  const ms = instant === undefined ? Number.POSITIVE_INFINITY : now.getTime() - new Date(instant).getTime();
  // A moment in the future (the clock was set back) counts as none.
  return ms < 0 ? Number.POSITIVE_INFINITY : ms;
}

const seconds = (at: Date) => Math.max(1, Math.floor(at.getTime() / 1_000));

async function readPage(client: WildberriesClient, stream: Stream, place: Place): Promise<readonly unknown[]> {
  const page = { isAnswered: place.phase === "done", from: place.from, take: TAKE, skip: place.skip };
  if (stream === "questions") return (await client.questions(page))?.questions ?? [];
  // The archive holds the answered ones and those nobody is expected to answer.
  const answer = place.phase === "waiting" ? await client.reviews(page) : await client.reviewArchive(TAKE, place.skip);
  return answer?.feedbacks ?? [];
}

interface Parsed {
  readonly items: readonly AnswerItem[];
  readonly rejected: readonly RejectedRecord[];
}

function parse(raws: readonly unknown[], stream: Stream, now: Date): Parsed {
  const items: AnswerItem[] = [];
  const rejected: RejectedRecord[] = [];
  for (const raw of raws) {
    const item = itemOf(raw, stream, now);
    if ("errorCode" in item) rejected.push(item);
    else items.push(item);
  }
  return { items, rejected };
}

function itemOf(raw: unknown, stream: Stream, now: Date): AnswerItem | RejectedRecord {
  const parsed = stream === "questions" ? questionSchema.safeParse(raw) : reviewSchema.safeParse(raw);
  if (!parsed.success) {
    const errorCode = stream === "questions" ? "wildberries.question_shape" : "wildberries.review_shape";
    return { kind: "conversation", externalId: idOf(raw, stream), payload: raw, errorCode, errorText: z.prettifyError(parsed.error).slice(0, 500) };
  }
  return "productValuation" in parsed.data ? reviewItem(parsed.data, now) : questionItem(parsed.data as z.output<typeof questionSchema>);
}

function idOf(raw: unknown, stream: Stream): string | undefined {
  const id = typeof raw === "object" && raw !== null && "id" in raw ? raw.id : undefined;
  if (typeof id !== "string" || id === "") return undefined;
  return stream === "questions" ? questionId(id) : reviewId(id);
}

async function select(
  items: readonly AnswerItem[],
  place: Place,
  input: MessagingPullInput,
  now: Date,
): Promise<{ readonly records: readonly ExternalConversation[]; readonly memory: Memory }> {
  if (items.length === 0) return { records: [], memory: place.memory };
  const ids = items.map((item) => item.externalId);
  const known = await input.knownHeads(ids);
  const closed = await input.knownClosed?.(ids);
  const records: ExternalConversation[] = [];
  let memory = place.memory;
  for (const item of items) {
    // What waits for an answer is worth knowing however old it is.
    if (place.phase === "done" && item.createdAt.getTime() < horizonOf(place)) continue;
    const seen: Seen = { head: known.get(item.externalId), isClosed: closed?.has(item.externalId) };
    const verdict = judge(item, seen, memory, now);
    memory = verdict.memory;
    if (verdict.record !== undefined) records.push(verdict.record);
  }
  return { records, memory };
}

/** The page after this one, or undefined at the end of the last phase. */
function follow(place: Place, stream: Stream, count: number, items: readonly AnswerItem[], isBase: boolean): Place | undefined {
  const within = count < TAKE || isOldEnough(place, stream, items) ? undefined : nextInPhase(place, stream, items);
  if (within !== undefined) return within;
  if (place.phase === "done" || place.depth === "quick" || isBase) return undefined;
  const horizon = horizonOf(place);
  const from = stream === "questions" && horizon > 0 ? seconds(new Date(horizon)) : undefined;
  return { ...place, phase: "done", from, skip: 0 };
}

/** Nothing older is looked for among what is done with; 0 = no bound. */
function horizonOf(place: Place): number {
  const since = place.since === undefined ? 0 : Date.parse(place.since);
  return place.depth === "full" ? Math.max(since, Date.parse(place.startedAt) - YOUNG_MS) : since;
}

/** The archive knows no dates: it is left where it is older than anything the sweep looks for. */
function isOldEnough(place: Place, stream: Stream, items: readonly AnswerItem[]): boolean {
  if (stream !== "reviews" || place.phase !== "done") return false;
  return items.length > 0 && items.every((item) => item.createdAt.getTime() < horizonOf(place));
}

/**
 * By skipping while the service allows it, then from the date of the newest one on. What is answered meanwhile moves the rest by one:
 * the next sweep finds what was skipped over so.
 */
function nextInPhase(place: Place, stream: Stream, items: readonly AnswerItem[]): Place | undefined {
  const skip = place.skip + TAKE;
  const limit = stream === "questions" ? MAX_REACH - TAKE : MAX_SKIP;
  if (skip <= limit) return { ...place, skip };
  if (stream === "reviews" && place.phase === "done") return undefined;
  const newest = items.at(-1);
  const from = newest === undefined ? undefined : seconds(newest.createdAt);
  // More than ten thousand within one second would read the same page for ever.
  return from === undefined || from === place.from ? undefined : { ...place, from, skip: 0 };
}

/** Only a finished sweep moves its own clock: an abandoned one is simply begun again. */
function conclude(place: Place, checkpoint: Checkpoint | undefined, memory: Memory, now: Date): Checkpoint {
  const fullAt = place.depth === "quick" ? checkpoint?.fullAt : place.startedAt;
  const deepAt = place.depth === "deep" ? place.startedAt : checkpoint?.deepAt;
  const since = place.since === undefined ? {} : { since: place.since };
  return { readAt: now.toISOString(), ...since, ...(fullAt === undefined ? {} : { fullAt }), ...(deepAt === undefined ? {} : { deepAt }), memory };
}
