import { describe, expect, it } from "vitest";
import type { Connector } from "../connector";
import { ConnectorError } from "../errors";
import type { ListingRef, OfferOutcome, OffersPort, OfferWriter, PriceChange, StockChange } from "../offers";
import type { ConnectorContext, Cursor } from "../ports";
import type { ExternalProduct } from "../records";
import { itWhen } from "./it-when";
import { UNKNOWN_OUTCOMES } from "./sending-suite";
import { contextOf, expectLimited, type OffersStand, onStand, portOf, type Stand, type StandMaker } from "./stand";

export interface OffersTraits {
  /** The service compares with what we believe before it sets, and `OffersStand.changeElsewhere` is there. */
  readonly compares: boolean;
}

type Kind = "stock" | "price";

interface Scene {
  readonly stand: Stand;
  readonly offers: OffersStand;
  readonly context: ConnectorContext;
  readonly listings: readonly ExternalProduct[];
}

type On = (work: (scene: Scene) => Promise<void>) => Promise<void>;

/** How every connector must write stock and prices: absolute, every line on its own, settled before anything is believed. */
export function offersSuite(connector: Connector, make: StandMaker, traits: OffersTraits = { compares: false }): void {
  const port = portOf(connector, "offers");
  const on: On = (work) =>
    onStand(make, async (stand) => {
      const context = contextOf(stand);
      const listings = (await readListings(connector, context)).filter((product) => offersOf(stand).isWritable?.(product.externalId) ?? true);
      if (listings.length < 3) throw new Error("the offers suite wants at least three listings that can be written");
      await work({ stand, offers: offersOf(stand), context, listings });
    });
  const { stock, price } = port;
  if (stock !== undefined) {
    describe(`${connector.id}: writing stock`, () => {
      writingTests(port, on, stockKind(stock));
      stockTests(port, stock, on, traits);
    });
  }
  if (price !== undefined) {
    describe(`${connector.id}: writing prices`, () => {
      writingTests(port, on, priceKind(price));
    });
  }
}

/** What stock and prices have in common for a test: how a wish is made, and what the service then holds. */
interface Kinded<C> {
  readonly kind: Kind;
  readonly writer: OfferWriter<C>;
  /** The `turn`-th wish for a listing; wishes of different turns differ. */
  wish(product: ExternalProduct, turn: number): C & { readonly listing: ListingRef };
  wanted(change: C): number;
  held(offers: OffersStand, externalId: string): Promise<number | undefined>;
}

function stockKind(writer: OfferWriter<StockChange>): Kinded<StockChange> {
  return {
    kind: "stock",
    writer,
    // The second wish comes after the first was acknowledged: who compares wants that.
    wish: (product, turn) => ({ ...stockWish(product, 11 + turn * 7), ...(turn === 1 ? { previous: 11 } : {}) }),
    wanted: (change) => change.quantity,
    held: (offers, externalId) => offers.stockOf(externalId),
  };
}

function priceKind(writer: OfferWriter<PriceChange>): Kinded<PriceChange> {
  return {
    kind: "price",
    writer,
    wish(product, turn) {
      const now = product.price ?? { amountMinor: 100_000n, currency: "" };
      // A few per cent up: services refuse leaps.
      const priceMinor = ((now.amountMinor * BigInt(101 + turn)) / 100n / 100n) * 100n;
      return { listing: refOf(product), priceMinor, oldPriceMinor: null, currency: now.currency, requestId: `price-${product.externalId}-${turn}` };
    },
    wanted: (change) => Number(change.priceMinor),
    async held(offers, externalId) {
      const price = await offers.priceOf?.(externalId);
      return price === undefined ? undefined : Number(price.amountMinor);
    },
  };
}

function writingTests<C extends { readonly listing: ListingRef }>(port: OffersPort, on: On, kinded: Kinded<C>): void {
  const { kind, writer } = kinded;
  const wishes = (scene: Scene, turn = 0, count = 3) => scene.listings.slice(0, count).map((product) => kinded.wish(product, turn));
  const expectHeld = async ({ offers }: Scene, changes: readonly C[]) => {
    for (const change of changes) expect(await kinded.held(offers, change.listing.externalId)).toBe(kinded.wanted(change));
  };
  const settle = (scene: Scene, changes: readonly C[]) => settled(scene, port, kind, writer, changes);

  it("what is wanted is what the service then holds, with one outcome for every line", () =>
    on(async (scene) => {
      const changes = wishes(scene);
      expect(await settle(scene, changes)).toEqual(changes.map(({ listing }) => ({ externalId: listing.externalId, state: "acknowledged" })));
      await expectHeld(scene, changes);
    }));

  it("saying it again changes nothing, saying something newer does", () =>
    on(async (scene) => {
      const first = wishes(scene);
      await settle(scene, first);
      await settle(scene, first);
      await expectHeld(scene, first);
      const second = wishes(scene, 1);
      await settle(scene, second);
      await expectHeld(scene, second);
    }));

  it("one bad line never spoils the batch", () =>
    on(async (scene) => {
      const [first, second] = wishes(scene, 0, 2);
      if (first === undefined || second === undefined) throw new Error("no listings");
      const stranger = { ...first, listing: scene.offers.stranger };
      const outcomes = await settle(scene, [first, stranger, second]);
      expect(outcomes.map(({ externalId, state }) => [externalId, state])).toEqual([
        [first.listing.externalId, "acknowledged"],
        [stranger.listing.externalId, "rejected"],
        [second.listing.externalId, "acknowledged"],
      ]);
      expect(outcomes[1]).toMatchObject({ code: expect.stringMatching(/^[a-z-]+\.[a-z_]+$/) });
      await expectHeld(scene, [first, second]);
    }));

  it.each(UNKNOWN_OUTCOMES)("an unknown outcome ($kind) is settled by saying it again", (fault) =>
    on(async (scene) => {
      const changes = wishes(scene);
      await scene.offers.fail(fault, kind);
      const error: unknown = await writer.set(scene.context, changes).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      expect(error).toBeInstanceOf(ConnectorError);
      expect(error).toMatchObject({ retryable: true });
      await scene.offers.pass(scene.offers.settlesAfterMs);
      await settle(scene, changes);
      await expectHeld(scene, changes);
    }),
  );

  it("knows that limited lines were not taken, and asks once", () =>
    on(async (scene) => {
      const changes = wishes(scene);
      const before = await Promise.all(changes.map(({ listing }) => kinded.held(scene.offers, listing.externalId)));
      await scene.offers.fail({ kind: "rate-limit", retryAfterSeconds: 3 }, kind);
      const seen = await scene.offers.requests(kind);
      await expectLimited(scene.stand, writer.set(scene.context, changes), 3_000);
      expect((await scene.offers.requests(kind)) - seen).toBe(1);
      await scene.offers.pass(scene.offers.settlesAfterMs);
      expect(await Promise.all(changes.map(({ listing }) => kinded.held(scene.offers, listing.externalId)))).toEqual(before);
    }));

  it("says clearly that the credentials are wrong", () =>
    on(async (scene) => {
      const refusal = { kind: "auth", retryable: false, mayHaveTakenEffect: false };
      await expect(writer.set(contextOf(scene.stand, scene.stand.wrongCredentials), wishes(scene))).rejects.toMatchObject(refusal);
    }));

  itWhen(port.check !== undefined)("what is answered later is pending until it is, and is asked for by its tracking alone", () =>
    on(async (scene) => {
      if (scene.offers.settlesAfterMs === 0) return;
      const changes = wishes(scene);
      const outcomes = await writer.set(scene.context, changes);
      for (const outcome of outcomes) {
        if (outcome.state !== "pending") throw new Error(`${outcome.externalId} is ${outcome.state} at once although the stand says it takes time`);
        expect(JSON.parse(JSON.stringify(outcome.tracking))).toBe(outcome.tracking);
      }
      const [tracking = ""] = trackingsOf(outcomes);
      const early = await port.check?.(scene.context, kind, tracking);
      expect(early?.map(({ state }) => state)).toEqual(early?.map(() => "pending"));
      await scene.offers.pass(scene.offers.settlesAfterMs);
      expect(await checked(scene, port, kind, outcomes)).toEqual(changes.map(({ listing }) => ({ externalId: listing.externalId, state: "acknowledged" })));
    }),
  );

  it("a full batch is one the service takes", () =>
    on(async (scene) => {
      const crowd = await scene.offers.crowd?.(writer.maxBatch);
      if (crowd === undefined) return;
      const changes = crowd.slice(0, writer.maxBatch).map((product) => kinded.wish(product, 2));
      expect(changes).toHaveLength(writer.maxBatch);
      const outcomes = await settle(scene, changes);
      expect(outcomes.filter((outcome) => outcome.state !== "acknowledged")).toEqual([]);
      const last = changes.at(-1);
      if (last !== undefined) await expectHeld(scene, [last]);
    }));
}

function stockTests(port: OffersPort, writer: OfferWriter<StockChange>, on: On, { compares }: OffersTraits): void {
  it("takes zero for an answer, and nothing below it", () =>
    on(async (scene) => {
      const [product] = scene.listings;
      if (product === undefined) throw new Error("no listings");
      await settled(scene, port, "stock", writer, [stockWish(product, 5)]);
      const seen = await scene.offers.requests("stock");
      const below = await writer.set(scene.context, [{ ...stockWish(product, 5), quantity: -1 }]).then(
        ([outcome]) => outcome?.state,
        (thrown: unknown) => (thrown instanceof ConnectorError && !thrown.mayHaveTakenEffect ? thrown.kind : thrown),
      );
      expect(["invalid", "rejected"]).toContain(below);
      expect(await scene.offers.stockOf(product.externalId)).toBe(5);
      expect(await scene.offers.requests("stock")).toBe(seen);
      await settled(scene, port, "stock", writer, [{ ...stockWish(product, 0), previous: 5 }]);
      expect(await scene.offers.stockOf(product.externalId)).toBe(0);
    }));

  itWhen(compares)("a line somebody else has changed meanwhile is a conflict, and goes through once the listing was read anew", () =>
    on(async (scene) => {
      const [product, other] = scene.listings;
      if (product === undefined || other === undefined || scene.offers.changeElsewhere === undefined)
        throw new Error("the stand cannot change stock elsewhere");
      await scene.offers.changeElsewhere(product.externalId, 41);
      const stale = { ...stockWish(product, 6), previous: 40 };
      const outcomes = await settled(scene, port, "stock", writer, [stale, stockWish(other, 8)]);
      expect(outcomes).toMatchObject([{ state: "rejected", isConflict: true }, { state: "acknowledged" }]);
      expect(await scene.offers.stockOf(product.externalId)).toBe(41);
      await settled(scene, port, "stock", writer, [{ ...stale, previous: 41 }]);
      expect(await scene.offers.stockOf(product.externalId)).toBe(6);
    }),
  );
}

function stockWish(product: ExternalProduct, quantity: number): StockChange {
  return { listing: refOf(product), quantity, previous: product.stock?.available ?? null, requestId: `stock-${product.externalId}-${quantity}` };
}

/** A listing as the house hands it back. */
function refOf({ externalId, sku, offerId, barcodes, remoteContext }: ExternalProduct): ListingRef {
  return { externalId, sku, offerId, barcode: barcodes?.[0], remoteContext: remoteContext ?? {} };
}

/** What the house does: sends, and asks for what is pending until nothing is. */
async function settled<C>(scene: Scene, port: OffersPort, kind: Kind, writer: OfferWriter<C>, changes: readonly C[]): Promise<readonly OfferOutcome[]> {
  const outcomes = await writer.set(scene.context, changes);
  expect(outcomes).toHaveLength(changes.length);
  return checked(scene, port, kind, outcomes);
}

const trackingsOf = (outcomes: readonly OfferOutcome[]) => [...new Set(outcomes.flatMap((outcome) => (outcome.state === "pending" ? [outcome.tracking] : [])))];

async function checked({ context, offers }: Scene, port: OffersPort, kind: Kind, first: readonly OfferOutcome[]): Promise<readonly OfferOutcome[]> {
  let outcomes = first;
  for (let turn = 0; turn < 20 && trackingsOf(outcomes).length > 0; turn += 1) {
    if (port.check === undefined) throw new Error("pending, and no way to ask");
    await offers.pass(offers.settlesAfterMs);
    const news = new Map<string, OfferOutcome>();
    for (const tracking of trackingsOf(outcomes)) for (const outcome of await port.check(context, kind, tracking)) news.set(outcome.externalId, outcome);
    outcomes = outcomes.map((outcome) => (outcome.state === "pending" ? (news.get(outcome.externalId) ?? outcome) : outcome));
  }
  expect(trackingsOf(outcomes)).toEqual([]);
  return outcomes;
}

function offersOf(stand: Stand): OffersStand {
  if (stand.offers === undefined) throw new Error("this stand has no offers");
  return stand.offers;
}

async function readListings(connector: Connector, context: ConnectorContext): Promise<ExternalProduct[]> {
  const products: ExternalProduct[] = [];
  let cursor: Cursor | undefined;
  do {
    const page = await portOf(connector, "catalog").pull(context, { cursor });
    products.push(...page.records);
    cursor = page.next;
  } while (cursor !== undefined);
  return products;
}
