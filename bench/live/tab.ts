import { type ClientRequest, get } from "node:http";
import { createInterface } from "node:readline";
import superjson from "superjson";
import { z } from "zod";

const eventSchema = z.object({ changed: z.array(z.uuid()).nullable() });
const listSchema = z.object({ conversations: z.array(z.object({ id: z.uuid(), lastMessageAt: z.date(), messageCount: z.number() })) });
const answerSchema = z.object({ result: z.object({ data: z.custom<Parameters<typeof superjson.deserialize>[0]>() }) });

/** What a tab shows of a conversation. */
export const faceOf = (row: { readonly lastMessageAt: Date; readonly messageCount: number }) => `${row.lastMessageAt.getTime()} ${row.messageCount}`;

/** What a browser's tab does: listens to the live stream, comes back with the last event id, reads the list again when told. */
export class Tab {
  /** When each conversation was last heard of; `everything`: when the tab was told to read all of it again. */
  readonly heardAt = new Map<string, number>();
  everythingAt = 0;
  shown = new Map<string, string>();
  private toldSinceRead = true;
  private lastEventId: string | undefined;
  private eventName = "";
  private request: ClientRequest | undefined;
  private closed = false;

  constructor(
    private readonly url: string,
    private readonly cookie: string,
    /** Told of every conversation the moment the tab hears of it. */
    private readonly onHeard: (conversationId: string, at: number) => void,
  ) {}

  /** Resolves when the stream is open. */
  async connect(): Promise<void> {
    const input = encodeURIComponent(JSON.stringify(superjson.serialize(this.lastEventId === undefined ? undefined : { lastEventId: this.lastEventId })));
    await new Promise<void>((resolve, reject) => {
      const request = get(
        `${this.url}/api/trpc/inbox.live?input=${input}`,
        { headers: { cookie: this.cookie, accept: "text/event-stream" }, agent: false },
        (response) => {
          if (response.statusCode !== 200) return reject(new Error(`the live stream answered ${response.statusCode}`));
          const lines = createInterface({ input: response });
          // A cut line ends in an error; what it means is seen by who cut it, and by the list that stays stale.
          lines.on("error", () => lines.close());
          this.eventName = "";
          lines.on("line", (line) => this.takeLine(line, resolve));
        },
      );
      request.on("error", (error) => (this.closed || request.destroyed ? resolve() : reject(error)));
      this.request = request;
    });
  }

  /** One line of an event stream: `event:`, `id:`, `data:`, or the empty one after an event. */
  private takeLine(line: string, onConnected: () => void): void {
    const [, field = "", value = ""] = /^(\w*): ?(.*)$/.exec(line) ?? [];
    if (line === "") this.eventName = "";
    else if (field === "event") this.eventName = value;
    else if (field === "id") this.lastEventId = value;
    else if (field === "data" && (this.eventName === "" || this.eventName === "connected")) {
      if (this.eventName === "connected") onConnected();
      this.hear(this.eventName, value);
    }
  }

  /** The line breaks; the tab is back after the pause. */
  async cut(pauseMs: number): Promise<void> {
    this.request?.destroy();
    await new Promise((wake) => setTimeout(wake, pauseMs));
    if (!this.closed) await this.connect();
  }

  close(): void {
    this.closed = true;
    this.request?.destroy();
  }

  private hear(name: string, data: string): void {
    const now = performance.now();
    this.toldSinceRead = true;
    if (name === "connected") {
      this.everythingAt = now;
      return;
    }
    const { changed } = eventSchema.parse(superjson.deserialize(JSON.parse(data)));
    if (changed === null) this.everythingAt = now;
    for (const conversationId of changed ?? []) {
      this.heardAt.set(conversationId, now);
      this.onHeard(conversationId, now);
    }
  }

  /** Reads the list as the page does, unless nothing was told since the last time. */
  async read(limit: number): Promise<void> {
    if (!this.toldSinceRead) return;
    this.toldSinceRead = false;
    const input = encodeURIComponent(JSON.stringify(superjson.serialize({ limit })));
    const answer = await fetch(`${this.url}/api/trpc/inbox.list?input=${input}`, { headers: { cookie: this.cookie } });
    const { conversations } = listSchema.parse(superjson.deserialize(answerSchema.parse(await answer.json()).result.data));
    this.shown = new Map(conversations.map((row) => [row.id, faceOf(row)]));
  }
}
