import { type ConnectorContext, type Cursor, countOf, type MessagingPort, type PullPage } from "../ports";
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

  /** Message ids per conversation, oldest first, as `MessagingStand.truth` gives them. */
  ids(): Map<string, string[]> {
    return new Map([...this.messages].map(([conversation, messages]) => [conversation, [...messages.keys()].sort(byNumber)]));
  }

  private read(): Promise<PullPage<ExternalConversation>> {
    return this.port.pull(this.context, {
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
      if (record.lastMessageId !== undefined) this.heads.set(record.externalId, record.lastMessageId);
    }
    this.rejected += page.rejected.length;
    this.pages += 1;
    // A cursor is stored as JSON: what does not survive that is no cursor.
    this.cursor = page.next === undefined ? undefined : (JSON.parse(JSON.stringify(page.next)) as Cursor);
    if (page.checkpoint !== undefined) this.checkpoint = JSON.parse(JSON.stringify(page.checkpoint)) as Cursor;
  }

  private apply(record: ExternalConversation): void {
    const held = this.messages.get(record.externalId) ?? new Map<string, ExternalMessage>();
    const isNew = !this.conversations.has(record.externalId);
    for (const message of record.messages) {
      if (held.has(message.externalId)) this.duplicates += 1;
      else this.applied += 1;
      held.set(message.externalId, message);
    }
    if (record.messages.length === 0 && isNew) this.applied += 1;
    if (record.messages.length === 0 && !isNew) this.duplicates += 1;
    this.messages.set(record.externalId, held);
    this.conversations.set(record.externalId, record);
  }
}

function byNumber(left: string, right: string): number {
  return left.length - right.length || (left < right ? -1 : 1);
}
