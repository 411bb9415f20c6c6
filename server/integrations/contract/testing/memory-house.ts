import type { ConversationStream } from "../connector";
import { type ConnectorContext, type ConversationRef, type Cursor, countOf, type MessagingPort, type PullPage, type WriteStateInput } from "../ports";
import type { ExternalConversation, ExternalMessage } from "../records";

/**
 * What the real house does with pages, in memory: rows by the service's ids, cursor and rows committed together, the
 * conservation line checked on every page.
 */
export class MemoryInbox {
  readonly messages = new Map<string, Map<string, ExternalMessage>>();
  readonly conversations = new Map<string, ExternalConversation>();
  private readonly heads = new Map<string, string>();
  private checkpoint: Cursor | undefined;
  private cursor: Cursor | undefined;
  applied = 0;
  duplicates = 0;
  rejected = 0;
  pages = 0;

  constructor(
    private readonly port: MessagingPort,
    private readonly context: ConnectorContext,
    private readonly stream: ConversationStream = "chats",
  ) {}

  /** Reads one page and commits it; true while the run goes on. */
  async step(): Promise<boolean> {
    const page = await this.read();
    this.commit(page);
    return this.cursor !== undefined;
  }

  /** Reads a page and loses it: the process died before the commit. */
  async stepAndDie(): Promise<void> {
    await this.read();
  }

  /** One whole run. Returns how many source records it carried. */
  async run(): Promise<number> {
    const before = this.applied + this.duplicates + this.rejected;
    for (let pages = 0; await this.step(); pages += 1) if (pages > 500) throw new Error("a run of more than 500 pages");
    return this.applied + this.duplicates + this.rejected - before;
  }

  /** Applies what came outside a run, after a push; such messages do not move the head. */
  take(conversation: ExternalConversation): void {
    this.apply(conversation);
  }

  /** Message ids per conversation, to be compared with `sortedIds` of a stand's truth. */
  ids(): Map<string, string[]> {
    return sortedIds(new Map([...this.messages].map(([conversation, messages]) => [conversation, [...messages.keys()]])));
  }

  /** Messages of one conversation, oldest first. */
  thread(externalId: string): ExternalMessage[] {
    const held = [...(this.messages.get(externalId)?.values() ?? [])];
    return held.sort((left, right) => left.sentAt.getTime() - right.sentAt.getTime() || byNumber(left.externalId, right.externalId));
  }

  /** What the house hands a write: the channel and the newest remote context it was given. */
  ref(externalId: string): ConversationRef {
    const { channel, remoteContext } = this.held(externalId);
    return { conversationExternalId: externalId, channel, remoteContext: remoteContext ?? {} };
  }

  /** What the house hands `writeState`. */
  writeInput(externalId: string, now: Date): WriteStateInput {
    const { channel, createdAt, remoteStatus, order } = this.held(externalId);
    const thread = this.thread(externalId);
    const answers = thread.filter((message) => message.side === "seller");
    return {
      channel,
      answers: answers.length,
      lastAnswerAt: answers.at(-1)?.sentAt,
      createdAt,
      remoteStatus,
      lastBuyerMessageAt: thread.filter((message) => message.side === "buyer").at(-1)?.sentAt,
      order,
      now,
    };
  }

  private held(externalId: string): ExternalConversation {
    const conversation = this.conversations.get(externalId);
    if (conversation === undefined) throw new Error(`the house does not hold ${externalId}`);
    return conversation;
  }

  private read(): Promise<PullPage<ExternalConversation>> {
    return this.port.pull(this.context, {
      stream: this.stream,
      cursor: this.cursor,
      checkpoint: this.checkpoint,
      knownHeads: async (ids) => new Map(ids.flatMap((id) => (this.heads.has(id) ? [[id, this.heads.get(id) ?? ""] as const] : []))),
      knownClosed: async (ids) => new Set(ids.filter((id) => this.conversations.get(id)?.remoteStatus === "closed")),
    });
  }

  private commit(page: PullPage<ExternalConversation>): void {
    const counted = page.records.reduce((sum, record) => sum + countOf(record), 0) + page.rejected.length;
    if (counted !== page.received) throw new Error(`the page says it carried ${page.received}, its records say ${counted}`);
    for (const record of page.records) {
      this.apply(record);
      const head = headOf(record);
      if (head !== undefined) this.heads.set(record.externalId, head);
    }
    this.rejected += page.rejected.length;
    this.pages += 1;
    // A cursor is stored as JSON: what does not survive that is no cursor.
    this.cursor = page.next === undefined ? undefined : (JSON.parse(JSON.stringify(page.next)) as Cursor);
    if (page.checkpoint !== undefined) this.checkpoint = JSON.parse(JSON.stringify(page.checkpoint)) as Cursor;
  }

  private apply(record: ExternalConversation): void {
    const held = this.messages.get(record.externalId) ?? new Map<string, ExternalMessage>();
    const before = this.conversations.get(record.externalId);
    const isNew = before === undefined;
    for (const message of record.messages) {
      if (held.has(message.externalId)) this.duplicates += 1;
      else this.applied += 1;
      const known = held.get(message.externalId);
      if (known === undefined || known.versionAt <= message.versionAt) held.set(message.externalId, message);
    }
    if (record.messages.length === 0 && isNew) this.applied += 1;
    if (record.messages.length === 0 && !isNew) this.duplicates += 1;
    this.messages.set(record.externalId, held);
    this.conversations.set(record.externalId, merge(before, record));
  }
}

/** As the inbox does it: the service's own word for the newest message, where the record carries that message. */
function headOf({ lastMessageId, messages }: ExternalConversation): string | undefined {
  if (messages.some((message) => message.externalId === lastMessageId)) return lastMessageId;
  return [...messages].sort((left, right) => left.sentAt.getTime() - right.sentAt.getTime()).at(-1)?.externalId;
}

/** Absent facts never replace known ones. */
function merge(before: ExternalConversation | undefined, record: ExternalConversation): ExternalConversation {
  if (before === undefined) return record;
  return {
    ...record,
    createdAt: new Date(Math.min(before.createdAt.getTime(), record.createdAt.getTime())),
    remoteStatus: record.remoteStatus === "unknown" ? before.remoteStatus : record.remoteStatus,
    remoteContext: record.remoteContext ?? before.remoteContext,
    order: record.order ?? before.order,
  };
}

/** Ids in an order of their own: what a stand tells and what a house holds are compared as sets. */
export function sortedIds(ids: ReadonlyMap<string, readonly string[]>): Map<string, string[]> {
  return new Map([...ids].map(([conversation, messages]) => [conversation, [...messages].sort(byNumber)]));
}

function byNumber(left: string, right: string): number {
  return left.length - right.length || (left < right ? -1 : 1);
}
