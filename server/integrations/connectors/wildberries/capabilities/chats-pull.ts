import { z } from "zod";
import { ConnectorError } from "../../../contract/errors";
import { type ConnectorContext, type Cursor, countOf, type MessagingPullInput, type PullPage, type PullWarning } from "../../../contract/ports";
import type { ExternalConversation, RejectedRecord } from "../../../contract/records";
import { type WildberriesClient, wildberriesClient } from "../client";
import { inOrder, toConversation } from "../mapper";
import { chatSchema, eventSchema, type RemoteChat, type RemoteEvent } from "../schemas";
import { decodeToken } from "../token";

/**
 * The feed is read again from a little before the place it was left at: nobody promises that an event becomes visible in the
 * order of its timestamp. What we hold already is dropped by the head of its chat, so a quiet run costs one call and brings nothing.
 */
const OVERLAP_MS = 10_000;
/** The list of chats renews signatures and names. */
const LIST_EVERY_MS = 10 * 60_000;
/** A base token has one call an hour. */
const BASE_GAP_MS = 3_610_000;

const cursorSchema = z.object({
  next: z.string().regex(/^\d+$/),
  startedFrom: z.string().optional(),
  listedAt: z.iso.datetime().optional(),
  done: z.number().int().nonnegative(),
});
const checkpointSchema = z.object({ next: z.string().regex(/^\d+$/), listedAt: z.iso.datetime().optional(), readAt: z.iso.datetime().optional() });
type Checkpoint = z.output<typeof checkpointSchema>;

interface Place {
  /** What the service is asked for. */
  readonly next: string | undefined;
  /** The checkpoint the run began at. */
  readonly startedFrom: string | undefined;
  readonly listedAt: string | undefined;
  readonly done: number;
}

export async function pullChats(context: ConnectorContext, input: MessagingPullInput): Promise<PullPage<ExternalConversation>> {
  const now = context.clock.now();
  const isBase = decodeToken(context.credentials["token"] ?? "")?.type === "base";
  const checkpoint = input.cursor === undefined ? readCheckpoint(input.checkpoint) : undefined;
  if (isBase && checkpoint !== undefined && age(checkpoint.readAt, now) < BASE_GAP_MS) return { records: [], rejected: [], received: 0, checkpoint };
  const place = input.cursor === undefined ? begin(checkpoint, input, isBase) : resume(input.cursor);
  const client = wildberriesClient(context);
  const { result } = await client.events(place.next);
  const { groups, rejected, count } = group(result.events, input.window?.from);
  const fresh = isReadAgain(place) ? await withoutKnown(groups, input) : new Map(groups);
  const listing = isBase ? undefined : await listIfDue(client, place, fresh, input, now);
  const records = [...fresh].map(([chatId, events]) => toConversation(chatId, events, listing?.chats.get(chatId), now));
  const listedAt = listing === undefined ? place.listedAt : now.toISOString();
  const done = place.done + records.length;
  const next = result.next ?? place.next;
  // A page that ends where the run began has nothing behind it.
  const isLast = isBase || next === undefined || count === 0 || next === place.next || next === place.startedFrom;
  const reached: Checkpoint | undefined =
    next === undefined ? undefined : { next: later(next, place.startedFrom), ...(listedAt === undefined ? {} : { listedAt }), readAt: now.toISOString() };
  return {
    records,
    rejected,
    received: records.reduce((sum, record) => sum + countOf(record), 0) + rejected.length,
    ...(isBase ? { warnings: [{ code: "wildberries.base_token" } satisfies PullWarning] } : {}),
    ...(isLast ? (reached === undefined ? {} : { checkpoint: reached }) : { next: pageCursor(next, place.startedFrom, listedAt, done) }),
    progress: { done },
  };
}

function pageCursor(next: string, startedFrom: string | undefined, listedAt: string | undefined, done: number): Cursor {
  return { next, ...(startedFrom === undefined ? {} : { startedFrom }), ...(listedAt === undefined ? {} : { listedAt }), done };
}

function readCheckpoint(checkpoint: Cursor | undefined): Checkpoint | undefined {
  const parsed = checkpointSchema.safeParse(checkpoint);
  return parsed.success ? parsed.data : undefined;
}

/** A window somebody chose is read from its beginning; otherwise the run goes on where the last one ended. */
function begin(checkpoint: Checkpoint | undefined, input: MessagingPullInput, isBase: boolean): Place {
  if (input.window !== undefined) return { next: atLeastOne(input.window.from.getTime()), startedFrom: undefined, listedAt: undefined, done: 0 };
  if (checkpoint === undefined) return { next: undefined, startedFrom: undefined, listedAt: undefined, done: 0 };
  const next = isBase ? checkpoint.next : atLeastOne(Number(checkpoint.next) - OVERLAP_MS);
  return { next, startedFrom: checkpoint.next, listedAt: checkpoint.listedAt, done: 0 };
}

/** 0 is refused by the service. */
function atLeastOne(ms: number): string {
  return String(Math.max(1, Math.floor(ms)));
}

function resume(cursor: Cursor): Place {
  const parsed = cursorSchema.safeParse(cursor);
  if (!parsed.success) throw new ConnectorError("invalid", "remote.cursor", { cause: parsed.error });
  return { next: parsed.data.next, startedFrom: parsed.data.startedFrom, listedAt: parsed.data.listedAt, done: parsed.data.done };
}

function later(left: string, right: string | undefined): string {
  return right !== undefined && Number(right) > Number(left) ? right : left;
}

function age(instant: string | undefined, now: Date): number {
  const ms = instant === undefined ? Number.POSITIVE_INFINITY : now.getTime() - new Date(instant).getTime();
  // A moment in the future (the clock was set back) counts as none.
  return ms < 0 ? Number.POSITIVE_INFINITY : ms;
}

/** Events by chat, oldest first; odd ones are set aside whole. */
export function group(
  raws: readonly unknown[],
  since: Date | undefined,
): { readonly groups: ReadonlyMap<string, readonly RemoteEvent[]>; readonly rejected: readonly RejectedRecord[]; readonly count: number } {
  const events: RemoteEvent[] = [];
  const rejected: RejectedRecord[] = [];
  for (const raw of raws) {
    const parsed = eventSchema.safeParse(raw);
    if (parsed.success) events.push(parsed.data);
    else
      rejected.push({
        kind: "message",
        externalId: idOf(raw),
        payload: raw,
        errorCode: "wildberries.event_shape",
        errorText: z.prettifyError(parsed.error).slice(0, 500),
      });
  }
  const groups = new Map<string, RemoteEvent[]>();
  for (const event of inOrder(events)) {
    if (since !== undefined && event.addTimestamp < since.getTime()) continue;
    groups.set(event.chatID, [...(groups.get(event.chatID) ?? []), event]);
  }
  return { groups, rejected, count: raws.length };
}

function idOf(raw: unknown): string | undefined {
  const id = typeof raw === "object" && raw !== null && "eventID" in raw ? raw.eventID : undefined;
  return typeof id === "string" ? id : undefined;
}

/** Whether a page begins in what the last run has read: behind it there is nothing we could hold. */
function isReadAgain({ next, startedFrom }: Place): boolean {
  return next !== undefined && startedFrom !== undefined && Number(next) <= Number(startedFrom);
}

/** Leaves out what a pull has brought before: everything up to the chat's head, except events of the very same moment. */
async function withoutKnown(groups: ReadonlyMap<string, readonly RemoteEvent[]>, input: MessagingPullInput): Promise<Map<string, readonly RemoteEvent[]>> {
  if (groups.size === 0) return new Map();
  const known = await input.knownHeads([...groups.keys()]);
  const fresh = new Map<string, readonly RemoteEvent[]>();
  for (const [chatId, events] of groups) {
    const head = events.find((event) => event.eventID === known.get(chatId));
    const left = head === undefined ? events : events.filter((event) => event.addTimestamp >= head.addTimestamp && event.eventID !== head.eventID);
    if (left.length > 0) fresh.set(chatId, left);
  }
  return fresh;
}

interface Listing {
  readonly chats: ReadonlyMap<string, RemoteChat>;
}

/** Asks for the list of chats every few minutes while there is something new, and at once for a new chat whose signature no event told. */
async function listIfDue(
  client: WildberriesClient,
  place: Place,
  fresh: ReadonlyMap<string, readonly RemoteEvent[]>,
  input: MessagingPullInput,
  now: Date,
): Promise<Listing | undefined> {
  if (fresh.size === 0) return undefined;
  if (age(place.listedAt, now) < LIST_EVERY_MS) {
    const unsigned = [...fresh].filter(([, events]) => events.every((event) => event.replySign === undefined)).map(([chatId]) => chatId);
    if (unsigned.length === 0 || place.startedFrom === undefined) return undefined;
    const known = await input.knownHeads(unsigned);
    if (unsigned.every((chatId) => known.has(chatId))) return undefined;
  }
  return { chats: await listChats(client) };
}

/** Odd entries are left out: the list only adds names and signatures to chats the events tell of. */
export async function listChats(client: WildberriesClient): Promise<ReadonlyMap<string, RemoteChat>> {
  const { result } = await client.chats();
  return new Map(
    result.flatMap((raw) => {
      const parsed = chatSchema.safeParse(raw);
      return parsed.success ? [[parsed.data.chatID, parsed.data] as const] : [];
    }),
  );
}
