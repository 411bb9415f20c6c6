import { AsyncLocalStorage } from "node:async_hooks";
import { ConnectorError } from "@/server/integrations/contract/errors";
import type { ExternalOrder, OrderChange, OrderState, OrdersPort, OrderTransition } from "@/server/integrations/contract/orders";
import type { OrdersGateway } from "../changing/gateway";

export type Fault =
  /** The process dies before it has leased the change. */
  | "crash-before-lease"
  /** The process dies with the lease taken, before the request reaches the service. */
  | "crash-before"
  /** The process dies while the service has already carried the change out. */
  | "crash-after"
  /** The service carries it out; its answer waits until the test lets it through. */
  | "slow"
  /** The service carries it out, its answer never comes. */
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

const NEXT: Readonly<Partial<Record<OrderState, OrderState>>> = { new: "confirmed", confirmed: "packed", packed: "shipped", shipped: "delivered" };
const ACTIONS = { confirmed: "confirm", packed: "pack", shipped: "ship", delivered: "deliver" } as const;

/** A service with one order in memory: it moves forward a step at a time, takes notes as tracking numbers, and remembers every request that reached it. */
export class FakeOrders {
  readonly faults: Fault[] = [];
  /** Requests the service carried out, by their own ids. */
  readonly carriedOut: { readonly requestId: string; readonly transitionId: string }[] = [];
  readDown = false;
  delayCode: string | null = null;
  private counter = 0;
  private answer: () => void = () => undefined;
  order: ExternalOrder;

  constructor(
    private readonly now: () => Date,
    externalId = "order-1",
  ) {
    this.order = {
      externalId,
      number: "37045342-0001",
      groupNumber: "37045342",
      fulfilment: "fbs",
      remoteState: "awaiting_confirmation",
      state: "new",
      placedAt: now(),
      versionAt: now(),
      shipBy: new Date(now().getTime() + 6 * 3_600_000),
      currency: "RUB",
      totalMinor: 250_000n,
      buyerName: "Ганна Коваленко",
      lines: [
        { externalId: "1", sku: "SKU-1", offerId: "MUG-RED", name: "Mug", quantity: 2, cancelledQuantity: 0, priceMinor: 100_000n },
        { externalId: "2", sku: "SKU-2", name: "Plate", quantity: 1, cancelledQuantity: 0, priceMinor: 50_000n },
      ],
    };
  }

  /** The service's own doing, or somebody's in its cabinet. */
  becomes(change: Partial<ExternalOrder>): ExternalOrder {
    this.counter += 1;
    this.order = { ...this.order, ...change, versionAt: new Date(this.now().getTime() + this.counter) };
    return this.order;
  }

  private receive({ transitionId, fields, requestId }: OrderChange): void {
    this.carriedOut.push({ requestId, transitionId });
    if (transitionId.startsWith("track:")) this.becomes({ trackingNumber: fields["trackingNumber"] ?? transitionId });
    else if (transitionId === "cancel") this.becomes({ state: "cancelled", remoteState: "cancelled" });
    else {
      const state = NEXT[this.order.state] ?? this.order.state;
      this.becomes({ state, remoteState: state });
    }
  }

  private async change(change: OrderChange): Promise<void> {
    const fault = this.faults.shift();
    switch (fault) {
      case undefined:
        return this.receive(change);
      case "crash-before-lease":
      case "crash-before":
        return this.die();
      case "crash-after":
        this.receive(change);
        return this.die();
      case "slow":
        this.receive(change);
        return new Promise<void>((resolve) => {
          this.answer = resolve;
        });
      case "timeout-after-accept":
        this.receive(change);
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
        throw new ConnectorError("invalid", "remote.invalid", { remoteText: "not now" });
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

  get port(): OrdersPort {
    return {
      states: [
        { remote: "awaiting_confirmation", name: "Awaiting confirmation", state: "new" },
        { remote: "confirmed", name: "Confirmed", state: "confirmed" },
        { remote: "cancelled", name: "Cancelled", state: "cancelled" },
      ],
      pull: async () => ({ records: [this.order], rejected: [], received: 1 }),
      read: async () => {
        if (this.readDown) throw new ConnectorError("unavailable", "remote.unavailable");
        return this.order;
      },
      transitions: ({ remoteState, trackingNumber }) =>
        transitions(remoteState === "awaiting_confirmation" ? "new" : (remoteState as OrderState), trackingNumber),
      change: (_context, change) => this.change(change),
      hasTaken: (found, { order, transitionId, fields }) =>
        transitionId.startsWith("track:")
          ? found.trackingNumber === (fields["trackingNumber"] ?? transitionId)
          : transitionId === "cancel"
            ? found.state === "cancelled"
            : found.remoteState !== order.remoteState,
    };
  }

  get gateway(): OrdersGateway {
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
        throw new Error("the process died before it leased the change");
      },
      describe: async () => ({ port: this.port, facts: {}, delayCode: this.delayCode }),
      report: async () => undefined,
    };
  }
}

function transitions(state: OrderState, tracking: string | undefined): OrderTransition[] {
  const next = NEXT[state];
  const steps: OrderTransition[] =
    next === undefined ? [] : [{ id: `to:${next}`, action: ACTIONS[next as keyof typeof ACTIONS] ?? "set_state", to: next, fields: [] }];
  const numbers = ["track:a", "track:b", "track:c"].map((id) => ({
    id,
    action: "set_tracking" as const,
    fields: [{ name: "trackingNumber" as const, required: false }],
  }));
  const reason = { name: "reason" as const, required: true, options: [{ value: "402", label: "Out of stock" }] };
  const open = state !== "cancelled" && state !== "delivered";
  return [
    ...steps,
    ...(open ? numbers.filter(({ id }) => id !== tracking) : []),
    ...(open ? [{ id: "cancel", action: "cancel" as const, to: "cancelled" as const, fields: [reason] }] : []),
  ];
}
