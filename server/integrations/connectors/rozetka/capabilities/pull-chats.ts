import { z } from "zod";
import { ConnectorError } from "../../../contract/errors";
import { type ConnectorContext, type Cursor, countOf, type MessagingPullInput, type PullPage } from "../../../contract/ports";
import type { ExternalConversation, ExternalMessage, RejectedRecord } from "../../../contract/records";
import { openRozetka } from "../client";
import { formatKyiv } from "../kyiv-time";
import { type ChatList, compareIds, inOrder, toConversation, toMessage } from "../mapper-chats";
import { checkpointOf, laterOf, nextPage } from "../paging";
import { rejection } from "../rejection";
import { chatSchema, messageSchema, type RemoteChat } from "../schemas-chats";
import { OVERLAP_MS } from "./orders";

/**
 * Both lists (about orders; about items and the shop), changed since the last run, with the messages in them: no chat is opened, so
 * none is marked as read. Our messages under moderation are watched: the list is read from the oldest of them on until it is decided.
 */
const LISTS: readonly ChatList[] = ["orders", "items"];
const PER_PAGE = 20;
const FIRST_DAYS = 60;
const DAY_MS = 86_400_000;
/** A moderator who has not decided by then is not waited for. */
const WATCH_MS = DAY_MS;
const MOST_WATCHED = 100;

const moment = z.iso.datetime();
/** Ids of our messages and when they were written. */
const watchedSchema = z.record(z.string(), moment);
const checkpointSchema = z.object({ since: moment, watched: watchedSchema });
const cursorSchema = z.object({
  startedAt: moment,
  since: moment,
  /** What the run started from, and the newest change it has seen. */
  known: moment.optional(),
  newest: moment.optional(),
  window: z.boolean(),
  list: z.number().int().nonnegative(),
  page: z.number().int().positive(),
  total: z.number().int().nonnegative().optional(),
  watched: watchedSchema,
  nextWatched: watchedSchema,
  done: z.number().int().nonnegative(),
});
type ChatsCursor = z.output<typeof cursorSchema>;
type Watched = z.output<typeof watchedSchema>;

function begin(now: Date, { checkpoint, window }: MessagingPullInput): ChatsCursor {
  const base = { startedAt: now.toISOString(), list: 0, page: 1, nextWatched: {}, done: 0, window: window !== undefined };
  const known = checkpointSchema.safeParse(checkpoint);
  if (window !== undefined) return { ...base, since: window.from.toISOString(), watched: known.success ? known.data.watched : {} };
  if (!known.success) return { ...base, since: new Date(now.getTime() - FIRST_DAYS * DAY_MS).toISOString(), watched: {} };
  const { watched } = known.data;
  const oldest = Object.values(watched).reduce((least, at) => Math.min(least, new Date(at).getTime()), new Date(known.data.since).getTime());
  return { ...base, known: known.data.since, since: new Date(oldest - OVERLAP_MS).toISOString(), watched };
}

function readCursor(cursor: Cursor): ChatsCursor {
  const parsed = cursorSchema.safeParse(cursor);
  if (!parsed.success) throw new ConnectorError("invalid", "remote.cursor", { cause: parsed.error });
  return parsed.data;
}

export async function pullChats(context: ConnectorContext, input: MessagingPullInput): Promise<PullPage<ExternalConversation>> {
  const cursor = input.cursor === undefined ? begin(context.clock.now(), input) : readCursor(input.cursor);
  const list = LISTS[cursor.list] ?? "orders";
  const answer = await openRozetka(context).chats({ msgType: list, updated_from: formatKyiv(new Date(cursor.since)), page: cursor.page });
  const { chats, rejected } = readChats(answer.chats);
  const heads = chats.length === 0 ? new Map<string, string>() : await input.knownHeads(chats.map(({ chat }) => chat.id));
  const records = chats.flatMap((entry) => news(entry, list, heads.get(entry.chat.id), cursor) ?? []);
  const done = cursor.done + answer.chats.length;
  const newest = laterOf(
    cursor.newest,
    chats.map(({ chat }) => chat.updated),
  );
  const moved = { ...cursor, newest, done, nextWatched: { ...cursor.nextWatched, ...stillWatched(chats, context.clock.now()) } };
  const next = goOn(moved, nextPage(cursor, answer._meta, PER_PAGE));
  return {
    records,
    rejected,
    received: records.reduce((sum, record) => sum + countOf(record), 0) + rejected.length,
    ...(next === undefined ? { checkpoint: endOf(moved) } : { next }),
    progress: { done },
  };
}

function goOn(cursor: ChatsCursor, place: ReturnType<typeof nextPage>): ChatsCursor | undefined {
  if (place !== undefined) return { ...cursor, ...place };
  const { total: _, ...rest } = cursor;
  return cursor.list + 1 < LISTS.length ? { ...rest, list: cursor.list + 1, page: 1 } : undefined;
}

/** The newest so many, should a moderator be on holiday. */
function endOf({ startedAt, newest, known, nextWatched }: ChatsCursor): { readonly since: string; readonly watched: Watched } {
  const latest = Object.entries(nextWatched).sort(([left], [right]) => compareIds(right, left));
  return { since: checkpointOf(startedAt, newest, known), watched: Object.fromEntries(latest.slice(0, MOST_WATCHED)) };
}

export interface ReadChat {
  readonly chat: RemoteChat;
  readonly messages: readonly ExternalMessage[];
}

/** A chat or a message of an unknown form is set aside alone. */
export function readChats(raw: readonly unknown[]): { readonly chats: readonly ReadChat[]; readonly rejected: readonly RejectedRecord[] } {
  const chats: ReadChat[] = [];
  const rejected: RejectedRecord[] = [];
  for (const entry of raw) {
    const chat = chatSchema.safeParse(entry);
    if (!chat.success) {
      rejected.push(rejection("conversation", entry, "rozetka.chat_shape", chat.error));
      continue;
    }
    const messages: ExternalMessage[] = [];
    for (const line of chat.data.messages) {
      const message = messageSchema.safeParse(line);
      if (message.success) messages.push(toMessage(message.data));
      else rejected.push(rejection("message", line, "rozetka.message_shape", message.error));
    }
    chats.push({ chat: chat.data, messages: inOrder(messages) });
  }
  return { chats, rejected };
}

/** What the house does not have: later than what it holds, or decided by a moderator since. */
function news({ chat, messages }: ReadChat, list: ChatList, head: string | undefined, cursor: ChatsCursor): ExternalConversation | undefined {
  const isNew = (message: ExternalMessage) =>
    head === undefined ? !cursor.window || message.sentAt >= new Date(cursor.since) : compareIds(message.externalId, head) > 0;
  const isDecided = (message: ExternalMessage) => message.externalId in cursor.watched && message.moderation !== "pending";
  const fresh = messages.filter((message) => isNew(message) || isDecided(message));
  if (fresh.length === 0) return undefined;
  return toConversation(chat, list, fresh, messages.at(-1)?.externalId);
}

function stillWatched(chats: readonly ReadChat[], now: Date): Watched {
  const ours = chats.flatMap(({ messages }) => messages.filter(({ moderation }) => moderation === "pending"));
  const recent = ours.filter(({ sentAt }) => now.getTime() - sentAt.getTime() < WATCH_MS);
  return Object.fromEntries(recent.map(({ externalId, sentAt }) => [externalId, sentAt.toISOString()]));
}
