import { z } from "zod";
import { allOf } from "@/lib/all-of";
import { ConnectorError } from "../../../contract/errors";
import { type ConnectorContext, type Cursor, countOf, type MessagingPullInput, type PullPage } from "../../../contract/ports";
import type { ExternalConversation, RejectedRecord } from "../../../contract/records";
import { type OzonClient, ozonClient } from "../client";
import { readBackward, readForward } from "../history";
import { type ConversationHead, isBuyerChat, remoteStatus, toConversation, toHead } from "../mapper";
import { withOrders } from "../order-context";
import { chatItemSchema } from "../schemas";

/**
 * Two sweeps. The quick one lists unread chats only: one cheap call a minute, which finds what buyers write. The full one
 * lists every chat and compares newest message ids: it finds what was written, read or closed in the cabinet.
 */
const FULL_SWEEP_MS = 15 * 60_000;
const LIST_LIMIT = 100;
/** A page ends after so many messages, so that memory and the transaction stay small however long the chats are. */
const MESSAGES_A_PAGE = 2_000;
const AT_ONCE = 6;

const headSchema = z.object({ id: z.string(), at: z.string(), st: z.string(), last: z.string().optional() });
const cursorSchema = z.object({
  mode: z.enum(["full", "quick"]),
  startedAt: z.iso.datetime(),
  /** The list page to read next; absent with `pending` = the listed chats are the last ones. */
  list: z.string().optional(),
  /** Chats of the page listed last that still wait for their history. */
  pending: z.array(headSchema).optional(),
  done: z.number().int().nonnegative(),
});
type PullCursor = z.output<typeof cursorSchema>;
const checkpointSchema = z.object({ fullSweepAt: z.iso.datetime() });

interface Listed {
  readonly heads: readonly ConversationHead[];
  readonly known: ReadonlyMap<string, string>;
  readonly unchanged: readonly ConversationHead[];
  readonly rejected: readonly RejectedRecord[];
  readonly nextList: string | undefined;
}

export async function pullChats(context: ConnectorContext, input: MessagingPullInput): Promise<PullPage<ExternalConversation>> {
  const client = ozonClient(context);
  const cursor = input.cursor === undefined ? begin(context.clock.now(), input.checkpoint) : readCursor(input.cursor);
  const listed = cursor.pending === undefined ? await listPage(client, input, cursor) : await resume(input, cursor.pending.map(thaw), cursor.list);
  const read = await readChats(context, client, input, listed);
  const enriched = await withOrders(context, client, read.conversations);
  const moved = listed.unchanged.map((head) => toConversation(head, [], context.clock.now()));
  const records = [...enriched.conversations, ...moved];
  const rejected = [...listed.rejected, ...read.rejected];
  const left = listed.heads.slice(read.taken);
  const done = cursor.done + read.taken + moved.length;
  const next = nextCursor(cursor, left, listed.nextList, done);
  return {
    records,
    rejected,
    received: records.reduce((sum, record) => sum + countOf(record), 0) + rejected.length,
    ...(enriched.warnings.length === 0 ? {} : { warnings: enriched.warnings }),
    ...(next === undefined ? {} : { next }),
    // Only a finished full sweep moves the clock of full sweeps: an abandoned one is simply begun again.
    ...(next === undefined ? { checkpoint: cursor.mode === "full" ? { fullSweepAt: cursor.startedAt } : (input.checkpoint ?? {}) } : {}),
    progress: { done },
  };
}

/** A checkpoint in the future (the clock was set back) counts as none. */
function begin(now: Date, checkpoint: Cursor | undefined): PullCursor {
  const known = checkpointSchema.safeParse(checkpoint);
  const age = known.success ? now.getTime() - new Date(known.data.fullSweepAt).getTime() : Number.POSITIVE_INFINITY;
  return { mode: age >= 0 && age < FULL_SWEEP_MS ? "quick" : "full", startedAt: now.toISOString(), done: 0 };
}

function readCursor(cursor: Cursor): PullCursor {
  const parsed = cursorSchema.safeParse(cursor);
  if (!parsed.success) throw new ConnectorError("invalid", "remote.cursor", { cause: parsed.error });
  return parsed.data;
}

function nextCursor(cursor: PullCursor, left: readonly ConversationHead[], nextList: string | undefined, done: number): PullCursor | undefined {
  const base = { mode: cursor.mode, startedAt: cursor.startedAt, done };
  const list = nextList === undefined ? {} : { list: nextList };
  if (left.length > 0) return { ...base, ...list, pending: left.map(freeze) };
  return nextList === undefined ? undefined : { ...base, ...list };
}

function freeze(head: ConversationHead): z.output<typeof headSchema> {
  return {
    id: head.externalId,
    at: (head.createdAt ?? new Date(0)).toISOString(),
    st: head.remoteStatus === "closed" ? "CLOSED" : head.remoteStatus === "open" ? "OPENED" : "",
    ...(head.lastMessageId === undefined ? {} : { last: head.lastMessageId }),
  };
}

function thaw(head: z.output<typeof headSchema>): ConversationHead {
  return { externalId: head.id, createdAt: new Date(head.at), remoteStatus: remoteStatus(head.st), lastMessageId: head.last };
}

async function resume(input: MessagingPullInput, heads: readonly ConversationHead[], nextList: string | undefined): Promise<Listed> {
  return { heads, known: await input.knownHeads(heads.map((head) => head.externalId)), unchanged: [], rejected: [], nextList };
}

async function listPage(client: OzonClient, input: MessagingPullInput, cursor: PullCursor): Promise<Listed> {
  const page = await client.chatList({ unreadOnly: cursor.mode === "quick", cursor: cursor.list, limit: LIST_LIMIT });
  const heads: ConversationHead[] = [];
  const rejected: RejectedRecord[] = [];
  for (const raw of page.chats) {
    const parsed = chatItemSchema.safeParse(raw);
    if (!parsed.success)
      rejected.push({ kind: "conversation", payload: raw, errorCode: "ozon.chat_shape", errorText: z.prettifyError(parsed.error).slice(0, 500) });
    else if (isBuyerChat(parsed.data.chat.chat_type)) heads.push(toHead(parsed.data));
  }
  const ids = heads.map((head) => head.externalId);
  const known = ids.length === 0 ? new Map<string, string>() : await input.knownHeads(ids);
  const changed = heads.filter((head) => !isUnchanged(head, known));
  const unchanged = await moved(
    heads.filter((head) => isUnchanged(head, known)),
    input,
  );
  const goesOn = page.has_next === true && page.cursor !== undefined && page.cursor !== cursor.list;
  return { heads: changed, known, unchanged, rejected, nextList: goesOn ? page.cursor : undefined };
}

function isUnchanged(head: ConversationHead, known: ReadonlyMap<string, string>): boolean {
  return head.lastMessageId !== undefined && known.get(head.externalId) === head.lastMessageId;
}

/** Unchanged chats whose open or closed state is not the one we hold. */
async function moved(heads: readonly ConversationHead[], input: MessagingPullInput): Promise<readonly ConversationHead[]> {
  if (input.knownClosed === undefined || heads.length === 0) return [];
  const closed = await input.knownClosed(heads.map((head) => head.externalId));
  return heads.filter((head) => head.remoteStatus !== "unknown" && (head.remoteStatus === "closed") !== closed.has(head.externalId));
}

interface ReadChats {
  readonly conversations: readonly ExternalConversation[];
  readonly rejected: readonly RejectedRecord[];
  /** How many of the heads are done with. */
  readonly taken: number;
}

/** Reads histories a few at once, in order, until the page is full. */
async function readChats(context: ConnectorContext, client: OzonClient, input: MessagingPullInput, { heads, known }: Listed): Promise<ReadChats> {
  const conversations: ExternalConversation[] = [];
  const rejected: RejectedRecord[] = [];
  let messages = 0;
  let taken = 0;
  while (taken < heads.length && messages < MESSAGES_A_PAGE) {
    const slice = heads.slice(taken, taken + AT_ONCE);
    const results = await allOf(slice.map((head) => readChat(context, client, input, head, known.get(head.externalId))));
    for (const result of results) {
      if (result.conversation !== undefined) conversations.push(result.conversation);
      rejected.push(...result.rejected);
      messages += result.conversation?.messages.length ?? 0;
    }
    taken += slice.length;
  }
  return { conversations, rejected, taken };
}

/** One chat the service refuses to show (gone, not ours any more) is set aside; it does not hold up the others. */
async function readChat(
  context: ConnectorContext,
  client: OzonClient,
  input: MessagingPullInput,
  head: ConversationHead,
  known: string | undefined,
): Promise<{ readonly conversation?: ExternalConversation; readonly rejected: readonly RejectedRecord[] }> {
  try {
    const history =
      known === undefined
        ? await readBackward(client, head.externalId, context.baseUrl, input.window?.from)
        : await readForward(client, head.externalId, known, context.baseUrl);
    return { conversation: toConversation(head, history.messages, context.clock.now()), rejected: history.rejected };
  } catch (error) {
    if (!(error instanceof ConnectorError) || (error.kind !== "not-found" && error.kind !== "invalid") || error.code === "ozon.obsolete_method") throw error;
    const payload = freeze(head);
    return { rejected: [{ kind: "conversation", externalId: head.externalId, payload, errorCode: error.code, errorText: error.remoteText ?? error.code }] };
  }
}
