import { z } from "zod";
import { allOf } from "@/lib/all-of";
import { ConnectorError } from "../../../contract/errors";
import { type ConnectorContext, type Cursor, countOf, type MessagingPullInput, type PullPage } from "../../../contract/ports";
import type { ExternalConversation, RejectedRecord } from "../../../contract/records";
import { type MarketClient, openMarket } from "../client";
import { readHistory } from "../history";
import { compareIds, toConversation, toHead } from "../mapper";
import { withOrders } from "../order-context";
import { chatSchema, type RemoteChat } from "../schemas";

/**
 * Two sweeps. The list knows neither a filter nor an order by time of change, only statuses: the quick sweep lists chats that
 * wait for somebody but the buyer, the full one all of them, which finds what was written or finished in the cabinet.
 *
 * Which of the listed chats changed is told by `updatedAt`, held against a moment of the service's own clock: the newest change
 * seen before the previous sweep began (or on its first page). Whatever happened after that has a later one.
 */
const FULL_SWEEP_MS = 15 * 60_000;
/** With many chats less often, so that the lists of a full sweep take no more than half of their quota. */
const FULL_SWEEP_MS_A_CHAT = 75;
const QUICK_STATUSES = ["NEW", "WAITING_FOR_PARTNER", "WAITING_FOR_ARBITER", "WAITING_FOR_MARKET"];
const LIST_LIMIT = 20;
/** A page ends after so many messages, so that memory and the transaction stay small however long the chats are. */
const MESSAGES_A_PAGE = 2_000;
/** Below the four parallel requests of a cabinet, so that a person's reply finds a place. */
const AT_ONCE = 3;

const moment = z.iso.datetime();
const checkpointSchema = z.object({
  fullSweepAt: moment,
  chats: z.number().optional(),
  fullBefore: moment.optional(),
  quickBefore: moment.optional(),
  newest: moment.optional(),
});
type Checkpoint = z.output<typeof checkpointSchema>;
const cursorSchema = z.object({
  mode: z.enum(["full", "quick"]),
  startedAt: moment,
  /** Chats unchanged since are passed over. */
  before: moment.optional(),
  /** What the next sweep of this kind starts from. */
  nextBefore: moment.optional(),
  newest: moment.optional(),
  /** The list page to read next; absent with `pending` = the listed chats are the last ones. */
  list: z.string().optional(),
  /** Chats of the page listed last that still wait for their history, as they came. */
  pending: z.array(z.unknown()).optional(),
  done: z.number().int().nonnegative(),
});
type PullCursor = z.output<typeof cursorSchema>;

export async function pullChats(context: ConnectorContext, input: MessagingPullInput): Promise<PullPage<ExternalConversation>> {
  const client = await openMarket(context);
  const known = checkpointSchema.safeParse(input.checkpoint);
  const checkpoint = known.success ? known.data : undefined;
  const started = input.cursor === undefined ? begin(context.clock.now(), checkpoint, input) : readCursor(input.cursor);
  const listed = started.pending === undefined ? await listPage(client, started, input) : resume(started);
  const { cursor } = listed;
  const read = await readChats(context, client, input, listed.chats);
  const enriched = await withOrders(context, client, read.conversations);
  const records = [...enriched.conversations, ...(await moved(context, input, [...listed.unchanged, ...read.nothingNew]))];
  const rejected = [...listed.rejected, ...read.rejected];
  const done = cursor.done + read.taken + listed.unchanged.length;
  const next = goOn(cursor, listed.chats.slice(read.taken), listed.nextList, done);
  return {
    records,
    rejected,
    received: records.reduce((sum, record) => sum + countOf(record), 0) + rejected.length,
    ...(enriched.warnings.length === 0 ? {} : { warnings: enriched.warnings }),
    ...(next === undefined ? { checkpoint: endOf({ ...cursor, done }, checkpoint) } : { next }),
    progress: { done },
  };
}

/** A checkpoint in the future (the clock was set back) counts as none; a window somebody chose is always read in full. */
function begin(now: Date, checkpoint: Checkpoint | undefined, input: MessagingPullInput): PullCursor {
  const base = { startedAt: now.toISOString(), done: 0 };
  if (checkpoint === undefined || input.window !== undefined) return { ...base, mode: "full" };
  const age = now.getTime() - new Date(checkpoint.fullSweepAt).getTime();
  const mode = age >= 0 && age < Math.max(FULL_SWEEP_MS, (checkpoint.chats ?? 0) * FULL_SWEEP_MS_A_CHAT) ? "quick" : "full";
  const before = mode === "full" ? checkpoint.fullBefore : checkpoint.quickBefore;
  const { newest } = checkpoint;
  return { ...base, mode, ...(before === undefined ? {} : { before }), ...(newest === undefined ? {} : { newest, nextBefore: newest }) };
}

function readCursor(cursor: Cursor): PullCursor {
  const parsed = cursorSchema.safeParse(cursor);
  if (!parsed.success) throw new ConnectorError("invalid", "remote.cursor", { cause: parsed.error });
  return parsed.data;
}

function goOn(cursor: PullCursor, left: readonly Listed[], list: string | undefined, done: number): PullCursor | undefined {
  const { pending: _, list: __, ...rest } = cursor;
  const base = { ...rest, done, ...(list === undefined ? {} : { list }) };
  if (left.length > 0) return { ...base, pending: left.map((entry) => entry.raw) };
  return list === undefined ? undefined : base;
}

/** A full sweep has seen everything a quick one would; a quick one proves nothing about the rest. */
function endOf(cursor: PullCursor, before: Checkpoint | undefined): Checkpoint {
  const quick = {
    ...(cursor.nextBefore === undefined ? {} : { quickBefore: cursor.nextBefore }),
    ...(cursor.newest === undefined ? {} : { newest: cursor.newest }),
  };
  if (cursor.mode === "quick" && before !== undefined) return { ...before, ...quick };
  return { fullSweepAt: cursor.startedAt, chats: cursor.done, ...(cursor.nextBefore === undefined ? {} : { fullBefore: cursor.nextBefore }), ...quick };
}

interface Listed {
  readonly chat: RemoteChat;
  readonly raw: unknown;
}
interface ListedPage {
  readonly cursor: PullCursor;
  readonly chats: readonly Listed[];
  readonly unchanged: readonly RemoteChat[];
  readonly rejected: readonly RejectedRecord[];
  readonly nextList: string | undefined;
}

function resume(cursor: PullCursor): ListedPage {
  const chats = (cursor.pending ?? []).map((raw) => ({ raw, chat: chatSchema.parse(raw) }));
  return { cursor, chats, unchanged: [], rejected: [], nextList: cursor.list };
}

async function listPage(client: MarketClient, cursor: PullCursor, input: MessagingPullInput): Promise<ListedPage> {
  const page = await client.chats({ limit: LIST_LIMIT, pageToken: cursor.list, statuses: cursor.mode === "quick" ? QUICK_STATUSES : undefined });
  const all: Listed[] = [];
  const rejected: RejectedRecord[] = [];
  for (const raw of page.chats) {
    const parsed = chatSchema.safeParse(raw);
    if (parsed.success) all.push({ chat: parsed.data, raw });
    else rejected.push({ kind: "conversation", payload: raw, errorCode: "yandex-market.chat_shape", errorText: z.prettifyError(parsed.error).slice(0, 500) });
  }
  const before = cursor.before === undefined ? undefined : new Date(cursor.before);
  const isOld = ({ chat }: Listed) => before !== undefined && chat.updatedAt < before;
  const { window } = input;
  const inWindow = all.filter(({ chat }) => window === undefined || chat.updatedAt >= window.from);
  return {
    cursor: withNewest(cursor, all),
    chats: inWindow.filter((entry) => !isOld(entry)),
    unchanged: inWindow.filter(isOld).map((entry) => entry.chat),
    rejected,
    nextList: page.paging === cursor.list ? undefined : page.paging,
  };
}

/** The newest change seen; up to the first page of a sweep it is also what the next one may start from. */
function withNewest(cursor: PullCursor, listed: readonly Listed[]): PullCursor {
  const moments = listed.map(({ chat }) => chat.updatedAt.toISOString()).concat(cursor.newest ?? []);
  const newest = moments.sort().at(-1);
  if (newest === undefined) return cursor;
  return { ...cursor, newest, ...(cursor.list === undefined ? { nextBefore: newest } : {}) };
}

interface ReadChats {
  readonly conversations: readonly ExternalConversation[];
  readonly rejected: readonly RejectedRecord[];
  readonly nothingNew: readonly RemoteChat[];
  /** How many of the chats are done with. */
  readonly taken: number;
}

/** Reads histories a few at once, in order, until the page is full. */
async function readChats(context: ConnectorContext, client: MarketClient, input: MessagingPullInput, chats: readonly Listed[]): Promise<ReadChats> {
  const conversations: ExternalConversation[] = [];
  const rejected: RejectedRecord[] = [];
  const nothingNew: RemoteChat[] = [];
  const heads = chats.length === 0 ? new Map<string, string>() : await input.knownHeads(chats.map(({ chat }) => chat.chatId));
  let messages = 0;
  let taken = 0;
  while (taken < chats.length && messages < MESSAGES_A_PAGE) {
    const slice = chats.slice(taken, taken + AT_ONCE);
    const results = await allOf(slice.map(({ chat }) => readChat(context, client, input, chat, heads.get(chat.chatId))));
    for (const [index, result] of results.entries()) {
      const { conversation } = result;
      const chat = slice[index]?.chat;
      if (conversation !== undefined) conversations.push(conversation);
      else if (chat !== undefined && result.rejected.length === 0) nothingNew.push(chat);
      rejected.push(...result.rejected);
      messages += conversation?.messages.length ?? 0;
    }
    taken += slice.length;
  }
  return { conversations, rejected, nothingNew, taken };
}

/** One chat the service refuses to show (gone, not ours any more) is set aside; it does not hold up the others. */
async function readChat(
  context: ConnectorContext,
  client: MarketClient,
  input: MessagingPullInput,
  chat: RemoteChat,
  head: string | undefined,
): Promise<{ readonly conversation?: ExternalConversation; readonly rejected: readonly RejectedRecord[] }> {
  try {
    const { messages, rejected } = await readHistory(client, chat.chatId, context.baseUrl, head);
    const since = input.window?.from;
    const fresh = messages.filter((message) =>
      head === undefined ? since === undefined || message.sentAt >= since : compareIds(message.externalId, head) > 0,
    );
    if (fresh.length === 0 && head !== undefined) return { rejected };
    return { conversation: toConversation(toHead(chat), fresh, context.facts), rejected };
  } catch (error) {
    if (!(error instanceof ConnectorError) || (error.kind !== "not-found" && error.kind !== "invalid")) throw error;
    const record: RejectedRecord = {
      kind: "conversation",
      externalId: chat.chatId,
      payload: { chatId: chat.chatId, status: chat.status, updatedAt: chat.updatedAt.toISOString() },
      errorCode: error.code,
      errorText: error.remoteText ?? error.code,
    };
    return { rejected: [record] };
  }
}

/** Chats without news whose open or closed state is not the one we hold. */
async function moved(context: ConnectorContext, input: MessagingPullInput, chats: readonly RemoteChat[]): Promise<ExternalConversation[]> {
  if (input.knownClosed === undefined || chats.length === 0) return [];
  const closed = await input.knownClosed(chats.map((chat) => chat.chatId));
  return chats
    .map((chat) => toConversation(toHead(chat), [], context.facts))
    .filter(({ remoteStatus, externalId }) => remoteStatus !== "unknown" && (remoteStatus === "closed") !== closed.has(externalId));
}
