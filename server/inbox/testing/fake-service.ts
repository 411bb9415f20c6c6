import { AsyncLocalStorage } from "node:async_hooks";
import { ConnectorError } from "@/server/integrations/contract/errors";
import type { ChannelRules, MessagingPort, OutgoingMessage, WriteState } from "@/server/integrations/contract/ports";
import type { ExternalConversation, ExternalMessage } from "@/server/integrations/contract/records";
import { sameTextOrFile } from "../ingest/merge-batch";
import type { MessagingGateway } from "../sending/gateway";

const RULES: ChannelRules = {
  channel: "fake.chat",
  kind: "chat",
  stream: "chats",
  minTextLength: 1,
  maxTextLength: 1_000,
  files: { allowed: true, maxBytes: 1_000, types: ["image/png"] },
  starts: [],
  windows: [],
  actions: [],
  isModerated: false,
  deliveryStates: ["accepted", "confirmed"],
  source: "made up for tests",
};

export type Fault =
  /** The process dies before it has leased the message. */
  | "crash-before-lease"
  /** The process dies with the lease taken, before the request reaches the service. */
  | "crash-before"
  /** The process dies while the service has already taken the message. */
  | "crash-after"
  /** The service takes the message; its answer waits until the test lets it through. */
  | "slow"
  /** The service takes the message, its answer never comes. */
  | "timeout-after-accept"
  /** The connection breaks before the service has seen anything, but we cannot know. */
  | "timeout-before-accept"
  | "rate-limited"
  | "unreachable"
  | "auth"
  | "refused";

/** What each "process" does when it dies: of several at work at once, the one that met the fault. */
const processes = new AsyncLocalStorage<() => void>();

/** Runs `work` as a process of its own; settles with `crashed` when a fault kills it. */
export function asProcess<T>(work: () => Promise<T>): Promise<T | { readonly kind: "crashed" }> {
  return new Promise((resolve, reject) => {
    processes.run(
      () => resolve({ kind: "crashed" }),
      () => void work().then(resolve, reject),
    );
  });
}

/** A chat service in memory that remembers what reached it, whatever became of the caller. */
export class FakeService {
  readonly history: ExternalMessage[] = [];
  readonly faults: Fault[] = [];
  state: WriteState = { open: true };
  namesIds = false;
  /** As reviews and questions often have it. */
  maxAnswers: number | undefined;
  historyDown = false;
  delayCode: string | null = null;
  private counter = 0;
  private answer: () => void = () => undefined;

  constructor(
    private readonly now: () => Date,
    readonly externalId = "chat-1",
  ) {}

  says(side: "buyer" | "seller", text: string, fileName?: string): ExternalMessage {
    this.counter += 1;
    const sentAt = new Date(this.now().getTime() + this.counter);
    const message: ExternalMessage = {
      externalId: `m${String(this.counter).padStart(6, "0")}`,
      side,
      authorKind: side,
      text,
      attachments: fileName === undefined ? [] : [{ kind: "image", url: `https://files.test/${this.counter}`, name: fileName }],
      sentAt,
      versionAt: sentAt,
    };
    this.history.push(message);
    return message;
  }

  sellerTexts(): string[] {
    return this.history.filter((message) => message.side === "seller").map((message) => message.text);
  }

  conversation(since?: Date): ExternalConversation {
    const messages = since === undefined ? this.history : this.history.filter((message) => message.sentAt >= since);
    return {
      externalId: this.externalId,
      channel: "fake.chat",
      createdAt: new Date("2026-01-01T00:00:00Z"),
      remoteStatus: "open",
      messages: [...messages],
      lastMessageId: this.history.at(-1)?.externalId,
    };
  }

  private receive(message: OutgoingMessage): { externalId?: string } {
    const { externalId } = this.says("seller", message.text ?? "", message.file?.name);
    return this.namesIds ? { externalId } : {};
  }

  private async send(message: OutgoingMessage): Promise<{ externalId?: string }> {
    const fault = this.faults.shift();
    switch (fault) {
      case undefined:
        return this.receive(message);
      case "crash-before-lease":
      case "crash-before":
        return this.die();
      case "crash-after":
        this.receive(message);
        return this.die();
      case "slow": {
        const answer = this.receive(message);
        await new Promise<void>((resolve) => {
          this.answer = resolve;
        });
        return answer;
      }
      case "timeout-after-accept":
        this.receive(message);
        throw new ConnectorError("timeout", "remote.timeout", { mayHaveTakenEffect: true });
      case "timeout-before-accept":
        throw new ConnectorError("timeout", "remote.timeout", { mayHaveTakenEffect: true });
      case "rate-limited":
        throw new ConnectorError("rate-limited", "remote.rate-limited", { retryAfterMs: 7_000 });
      case "unreachable":
        throw new ConnectorError("unavailable", "remote.unavailable");
      case "auth":
        throw new ConnectorError("auth", "remote.auth");
      case "refused":
        throw new ConnectorError("invalid", "remote.invalid", { remoteText: "bad words" });
    }
  }

  /** Nothing of the process runs on: the promise it waits for never settles. */
  private die(): Promise<never> {
    processes.getStore()?.();
    return new Promise<never>(() => undefined);
  }

  letAnswerThrough(): void {
    this.answer();
  }

  get port(): MessagingPort {
    return {
      channels: [{ ...RULES, maxAnswers: this.maxAnswers }],
      pull: async () => ({ records: [this.conversation()], rejected: [], received: this.history.length }),
      readConversation: async (_context, { since }) => {
        if (this.historyDown) throw new ConnectorError("unavailable", "remote.unavailable");
        return this.conversation(since);
      },
      writeState: () => this.state,
      send: (_context, message) => this.send(message),
      isSame: sameTextOrFile,
    };
  }

  get gateway(): MessagingGateway {
    const unused = () => Promise.reject(new Error("the fake makes no requests"));
    const context = {
      connectionId: "fake",
      credentials: {},
      baseUrl: "https://fake.test",
      facts: {},
      http: { send: unused },
      clock: { now: this.now },
      tokens: { get: unused, drop: unused },
    };
    return {
      open: async () => {
        if (this.faults[0] !== "crash-before-lease") return { port: this.port, context };
        this.faults.shift();
        throw new Error("the process died before it leased the message");
      },
      describe: async () => ({ port: this.port, facts: {}, delayCode: this.delayCode }),
      report: async () => undefined,
    };
  }
}
