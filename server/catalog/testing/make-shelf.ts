import { randomUUID } from "node:crypto";
import type { OfferOutcome, OffersPort, PriceChange, StockChange } from "@/server/integrations/contract/offers";
import type { ConnectorContext } from "@/server/integrations/contract/ports";
import type { Clock } from "@/server/platform/clock";
import { db } from "@/server/platform/db";
import { inWorkspace, type Scope } from "@/server/platform/transaction";
import { ingestProducts } from "../index";
import { makeVariants } from "../matching/change-variants";
import type { OffersGateway } from "../pushing/gateway";
import { changeStockByHand } from "../stock/change-stock";

/** A clock a test turns by hand. */
export class ShelfClock implements Clock {
  constructor(private at = new Date("2026-11-20T10:00:00Z")) {}
  now(): Date {
    return new Date(this.at);
  }
  advance(ms: number): void {
    this.at = new Date(this.at.getTime() + ms);
  }
}

/** What one request of a fake service does. */
export type Fault = "none" | "lost-before" | "lost-after" | "rejected" | "conflict" | "pending";

/** A service in memory: what it shows, and how its next answers go. */
export class FakeShop {
  readonly stock = new Map<string, number>();
  readonly prices = new Map<string, bigint>();
  readonly calls: (readonly StockChange[])[] = [];
  readonly pending = new Map<string, readonly string[]>();
  readonly faults: Fault[] = [];
  readAnew = 0;
  maxBatch = 2;
  /** Awaited in every call before anything is taken. */
  onCall: ((changes: readonly (StockChange | PriceChange)[]) => Promise<void>) | null = null;

  private async take<C extends StockChange | PriceChange>(changes: readonly C[], apply: (change: C) => void): Promise<OfferOutcome[]> {
    await this.onCall?.(changes);
    const fault = this.faults.shift() ?? "none";
    if (fault === "lost-before") throw new Error("the line broke before the request arrived");
    if (fault === "rejected") return changes.map(({ listing }) => ({ externalId: listing.externalId, state: "rejected", code: "fake.refused", text: "нет" }));
    if (fault === "conflict")
      return changes.map(({ listing }) => ({ externalId: listing.externalId, state: "rejected", code: "fake.conflict", isConflict: true }));
    for (const change of changes) apply(change);
    if (fault === "lost-after") throw new Error("the line broke after the request arrived");
    if (fault === "pending") {
      const tracking = randomUUID();
      this.pending.set(
        tracking,
        changes.map((change) => change.listing.externalId),
      );
      return changes.map(({ listing }) => ({ externalId: listing.externalId, state: "pending", tracking }));
    }
    return changes.map(({ listing }) => ({ externalId: listing.externalId, state: "acknowledged" }));
  }

  get port(): OffersPort {
    return {
      stock: {
        maxBatch: this.maxBatch,
        set: (_, changes) => {
          this.calls.push(changes);
          return this.take(changes, (change) => this.stock.set(change.listing.externalId, change.quantity));
        },
      },
      price: { maxBatch: this.maxBatch, set: (_, changes) => this.take(changes, (change) => this.prices.set(change.listing.externalId, change.priceMinor)) },
      check: async (_, __, tracking) => (this.pending.get(tracking) ?? []).map((externalId) => ({ externalId, state: "acknowledged" })),
    };
  }
}

const CONTEXT: ConnectorContext = {
  connectionId: "",
  credentials: {},
  baseUrl: "https://fake.invalid",
  facts: {},
  http: { send: () => Promise.reject(new Error("the fake makes no requests")) },
  clock: new ShelfClock(),
  tokens: { get: async () => "", drop: () => Promise.resolve() },
};

export interface Shelf {
  readonly workspaceId: string;
  readonly userId: string;
  readonly shops: readonly { readonly connectionId: string; readonly shop: FakeShop }[];
  readonly clock: ShelfClock;
  readonly gateway: OffersGateway;
}

/** A workspace with so many shops, each with a service in memory behind it. */
export async function makeShelf(shopCount = 2): Promise<Shelf> {
  const [workspaceId, organizationId] = [randomUUID(), randomUUID()];
  await db.workspace.create({ data: { id: workspaceId, name: "Shelf", organizations: { create: { id: organizationId, name: "Shelf LLC" } } } });
  const shops = Array.from({ length: shopCount }, () => ({ connectionId: randomUUID(), shop: new FakeShop() }));
  for (const [index, { connectionId }] of shops.entries()) {
    await db.connection.create({ data: { id: connectionId, workspaceId, organizationId, connectorId: "fake", name: `Shop ${index + 1}` } });
  }
  const of = (id: string) => {
    const found = shops.find((one) => one.connectionId === id);
    if (found === undefined) throw new Error("no such shop");
    return found.shop;
  };
  const gateway: OffersGateway = {
    open: async (_, id) => ({ port: of(id).port, context: CONTEXT }),
    report: () => Promise.resolve(),
    readAnew: async (_, id) => {
      of(id).readAnew += 1;
    },
  };
  return { workspaceId, userId: randomUUID(), shops, clock: new ShelfClock(), gateway };
}

export const use = <T>(shelf: Shelf, work: (scope: Scope) => Promise<T>): Promise<T> => inWorkspace(shelf.workspaceId, work);

export function shopAt(shelf: Shelf, index: number) {
  const found = shelf.shops[index];
  if (found === undefined) throw new Error(`no shop ${index}`);
  return found;
}

/** One article sold in every shop, counted, and written to the shops. */
export async function makeSold(shelf: Shelf, sku: string, onHand: number | null): Promise<string> {
  for (const { connectionId } of shelf.shops) {
    await use(shelf, (scope) =>
      ingestProducts(
        scope,
        {
          connection: { id: connectionId },
          products: [{ externalId: `${sku}-x`, offerId: sku, name: `Item ${sku}`, price: { amountMinor: 10_000n, currency: "RUB" } }],
        },
        shelf.clock,
      ),
    );
  }
  await makeVariants(shelf.workspaceId, "unmatched", shelf.clock);
  const { id } = await db.variant.findFirstOrThrow({ where: { workspaceId: shelf.workspaceId, article: sku.toLowerCase() } });
  if (onHand !== null) await changeStockByHand(shelf.workspaceId, shelf.userId, { variantId: id, kind: "counted", quantity: onHand }, shelf.clock);
  return id;
}
