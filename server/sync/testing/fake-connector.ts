import { z } from "zod";
import { type ConnectionFacts, defineConnector } from "@/server/integrations/contract/connector";
import { ConnectorError } from "@/server/integrations/contract/errors";
import type { ExternalOrder, OrderState, OrdersPort } from "@/server/integrations/contract/orders";
import { type ConnectorContext, countOf, type MessagingPort } from "@/server/integrations/contract/ports";
import type { ExternalConversation, ExternalMessage, ExternalSaleLine, RejectedRecord } from "@/server/integrations/contract/records";
import type { HttpAnswer, Reception, WebhookPort } from "@/server/integrations/contract/webhook";

/** A service in memory, one account a test: what the fake connector reads, and what tests change behind its back. */
export class FakeSource {
  readonly chats = new Map<string, { status: "open" | "closed"; messages: ExternalMessage[] }>();
  readonly sales: ExternalSaleLine[] = [];
  /** In the order of their change, as the service tells them. */
  readonly orders = new Map<string, ExternalOrder>();
  /** Added to the next page of any stream, once. */
  rejectNext: RejectedRecord[] = [];
  /** Records the source claims to have sent beyond those it handed on: what a faulty mapper loses. */
  unaccounted = 0;
  /** Thrown by the next calls, one each. */
  readonly failures: unknown[] = [];
  /** Awaited between reading the source and answering: lets a test do something meanwhile. */
  meanwhile: (() => Promise<void>) | null = null;
  /** Awaited in every call, with its number. */
  onCall: ((call: number) => Promise<void>) | null = null;
  facts: ConnectionFacts = { accountRef: "acc-1", missingPermissions: [], facts: {} };
  pageSize = 2;
  calls = 0;
  private clock = Date.UTC(2026, 10, 1);

  write(chatId: string, externalId: string, side: "buyer" | "seller" = "buyer", text = `text of ${externalId}`): ExternalMessage {
    this.clock += 1_000;
    const at = new Date(this.clock);
    const message: ExternalMessage = { externalId, side, authorKind: side, text, attachments: [], sentAt: at, versionAt: at };
    const chat = this.chats.get(chatId) ?? { status: "open" as const, messages: [] };
    chat.messages.push(message);
    this.chats.set(chatId, chat);
    return message;
  }

  sell(externalId: string, date: string, revenueMinor = 1_000n): void {
    this.sales.push({
      externalId,
      kind: "sale",
      date,
      quantity: 1,
      revenueMinor,
      feesMinor: 0n,
      currency: "RUB",
      description: `line ${externalId}`,
      isPreliminary: false,
      fees: [],
    });
  }

  /** Places an order, or changes one that is there. */
  order(externalId: string, state: OrderState = "new", change: Partial<ExternalOrder> = {}): ExternalOrder {
    this.clock += 1_000;
    const at = new Date(this.clock);
    const before = this.orders.get(externalId);
    const lines = [{ externalId: "1", sku: "SKU-1", name: "Kettle", quantity: 2, cancelledQuantity: 0, priceMinor: 1_500n }];
    const made: ExternalOrder = {
      externalId,
      number: `N-${externalId}`,
      fulfilment: "fbs",
      placedAt: at,
      currency: "RUB",
      totalMinor: 3_000n,
      lines,
      ...before,
      remoteState: state,
      state,
      versionAt: at,
      ...change,
    };
    this.orders.delete(externalId);
    this.orders.set(externalId, made);
    return made;
  }

  conversation(chatId: string, from = 0): ExternalConversation {
    const chat = this.chats.get(chatId);
    if (chat === undefined) throw new ConnectorError("not-found");
    const last = chat.messages.at(-1);
    return {
      externalId: chatId,
      channel: "fake.chat",
      createdAt: new Date(Date.UTC(2026, 9, 1)),
      remoteStatus: chat.status,
      ...(last === undefined ? {} : { lastMessageId: last.externalId }),
      messages: chat.messages.slice(from),
    };
  }

  async answer<T>(make: () => T): Promise<T> {
    this.calls += 1;
    await this.onCall?.(this.calls);
    const failure = this.failures.shift();
    if (failure !== undefined) throw failure;
    const answer = make();
    const { meanwhile } = this;
    this.meanwhile = null;
    if (meanwhile !== null) await meanwhile();
    return answer;
  }

  takeRejects(): RejectedRecord[] {
    return this.rejectNext.splice(0);
  }
}

const sources = new Map<string, FakeSource>();

/** The account behind a key; made on first use. */
export function sourceOf(account: string): FakeSource {
  const existing = sources.get(account);
  if (existing !== undefined) return existing;
  const made = new FakeSource();
  sources.set(account, made);
  return made;
}

const behind = (context: ConnectorContext) => sourceOf(context.credentials["account"] ?? "");
const place = z.object({ at: z.number() });

const messaging: MessagingPort = {
  channels: [
    {
      channel: "fake.chat",
      kind: "chat",
      stream: "chats",
      minTextLength: 1,
      maxTextLength: 1_000,
      files: { allowed: false, maxBytes: 0, types: [] },
      starts: [],
      windows: [],
      actions: [],
      isModerated: false,
      deliveryStates: ["accepted"],
      source: "invented",
    },
  ],
  async pull(context, input) {
    const source = behind(context);
    const at = input.cursor === undefined ? 0 : place.parse(input.cursor).at;
    const ids = [...source.chats.keys()].slice(at, at + source.pageSize);
    const known = await input.knownHeads(ids);
    return source.answer(() => {
      const records = ids.flatMap((id) => {
        const chat = source.conversation(id);
        const head = known.get(id);
        if (head === chat.lastMessageId) return [];
        const from = head === undefined ? 0 : chat.messages.findIndex((message) => message.externalId === head);
        return [source.conversation(id, Math.max(0, from))];
      });
      const rejected = source.takeRejects();
      const more = at + source.pageSize < source.chats.size;
      return {
        records,
        rejected,
        received: records.reduce((sum, record) => sum + countOf(record), 0) + rejected.length + source.unaccounted,
        ...(more ? { next: { at: at + source.pageSize } } : { checkpoint: { seen: source.chats.size } }),
        progress: { done: Math.min(at + source.pageSize, source.chats.size), total: source.chats.size },
      };
    });
  },
  readConversation(context, { externalId, messageIds }) {
    const source = behind(context);
    return source.answer(() => {
      const whole = source.conversation(externalId);
      return messageIds === undefined ? whole : { ...whole, messages: whole.messages.filter((message) => messageIds.includes(message.externalId)) };
    });
  },
  writeState: () => ({ open: true }),
  send: async () => ({}),
  isSame: (sent, found) => sent.text === found.text,
};

const orders: OrdersPort = {
  states: [
    { remote: "new", name: "New", state: "new" },
    { remote: "confirmed", name: "Confirmed", state: "confirmed" },
    { remote: "shipped", name: "Shipped", state: "shipped" },
  ],
  pull(context, { cursor }) {
    const source = behind(context);
    const at = cursor === undefined ? 0 : place.parse(cursor).at;
    return source.answer(() => {
      const all = [...source.orders.values()];
      const records = all.slice(at, at + source.pageSize);
      const rejected = source.takeRejects();
      return {
        records,
        rejected,
        received: records.length + rejected.length,
        ...(at + source.pageSize < all.length ? { next: { at: at + source.pageSize } } : { checkpoint: { seen: all.length } }),
      };
    });
  },
  read(context, { externalId }) {
    const source = behind(context);
    return source.answer(() => {
      const found = source.orders.get(externalId);
      if (found === undefined) throw new ConnectorError("not-found");
      return found;
    });
  },
  transitions: ({ remoteState }) => (remoteState === "new" ? [{ id: "confirm", action: "confirm", to: "confirmed", fields: [] }] : []),
  async change(context, { order }) {
    await behind(context).answer(() => behind(context).order(order.externalId, "confirmed"));
  },
  hasTaken: (found) => found.remoteState !== "new",
};

const push = z.object({
  id: z.string(),
  account: z.string(),
  chat: z.string().optional(),
  order: z.string().optional(),
  message: z.string().optional(),
  kind: z.string().default("message"),
});
const json = (status: number, body: unknown): HttpAnswer => ({ status, body: JSON.stringify(body), contentType: "application/json" });
const STATUS = { not_found: 404, forbidden_source: 403, foreign_account: 403, too_large: 413, unavailable: 503 } as const;

const webhook: WebhookPort = {
  sourceRanges: ["192.0.2.0/24"],
  maxBytes: 2_000,
  receive({ body }): Reception {
    const text = new TextDecoder().decode(body);
    if (text === "ping") return { action: "handshake", answer: json(200, { pong: true }) };
    let raw: unknown;
    try {
      raw = JSON.parse(text);
    } catch {
      return { action: "refuse", code: "malformed", answer: json(400, { error: "malformed" }) };
    }
    const parsed = push.safeParse(raw);
    if (!parsed.success) return { action: "refuse", code: "shape", answer: json(400, { error: "shape" }) };
    return { action: "accept", accountRef: parsed.data.account, eventType: parsed.data.kind, dedupeKey: parsed.data.id, answer: json(200, { result: true }) };
  },
  refusal: (code) => json(STATUS[code], { error: code }),
  parse({ body }) {
    const event = push.parse(JSON.parse(new TextDecoder().decode(body)));
    if (event.kind === "garbled")
      return { events: [], rejected: [{ kind: "push", externalId: event.id, payload: event, errorCode: "fake.garbled", errorText: "garbled" }] };
    if (event.kind === "order") return { events: [{ type: "order-changed", orderExternalId: event.order ?? "" }], rejected: [] };
    if (event.kind === "revoked") return { events: [{ type: "access-revoked", reason: "uninstalled" }], rejected: [] };
    if (event.kind === "privacy")
      return { events: [{ type: "personal-data", request: "erase-buyer", buyerRef: "b-1", orders: [event.order ?? ""] }], rejected: [] };
    if (event.kind === "other") return { events: [{ type: "ignored", reason: "not ours" }], rejected: [] };
    return {
      events: [{ type: "conversation-changed", conversationExternalId: event.chat ?? "", messageIds: event.message === undefined ? [] : [event.message] }],
      rejected: [],
    };
  },
};

/** Registered only by tests, in the place of the real registry. */
export const fakeConnector = defineConnector({
  id: "fake",
  label: "Fake",
  defaultBaseUrl: "https://fake.invalid",
  credentials: {
    schema: z.object({ account: z.string().min(1), secret: z.string().min(8) }),
    fields: [
      { name: "account", secret: false },
      { name: "secret", secret: true },
    ],
  },
  limits: () => [{ group: "all", points: 50, perSeconds: 1 }],
  limitKey: (credentials) => credentials["account"] ?? "",
  errors: {},
  streams: [
    { id: "chats", defaultIntervalSeconds: 60, minIntervalSeconds: 30 },
    { id: "sales", defaultIntervalSeconds: 3_600, minIntervalSeconds: 900 },
    { id: "orders", defaultIntervalSeconds: 300, minIntervalSeconds: 60 },
  ],
  test: (context) => behind(context).answer(() => behind(context).facts),
  messaging,
  orders,
  sales: {
    maxWindowDays: 10,
    rereadDays: 3,
    pull(context, { window, cursor }) {
      const source = behind(context);
      const at = cursor === undefined ? 0 : place.parse(cursor).at;
      return source.answer(() => {
        const from = window.from.toISOString().slice(0, 10);
        const to = window.to.toISOString().slice(0, 10);
        const all = source.sales.filter((line) => line.date >= from && line.date < to);
        const records = all.slice(at, at + source.pageSize);
        const rejected = source.takeRejects();
        return {
          records,
          rejected,
          received: records.length + rejected.length,
          ...(at + source.pageSize < all.length ? { next: { at: at + source.pageSize } } : {}),
        };
      });
    },
  },
  webhook,
});

export const fakeRegistry = {
  listConnectors: () => [fakeConnector],
  findConnector: (id: string) => (id === fakeConnector.id ? fakeConnector : undefined),
};
