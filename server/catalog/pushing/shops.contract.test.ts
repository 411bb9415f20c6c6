import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { hepsiburada } from "@/server/integrations/connectors/hepsiburada/connector";
import { hepsiburadaStand } from "@/server/integrations/connectors/hepsiburada/testing/stand";
import { ozon } from "@/server/integrations/connectors/ozon/connector";
import { patientOzonStand } from "@/server/integrations/connectors/ozon/testing/stand";
import { rozetka } from "@/server/integrations/connectors/rozetka/connector";
import { rozetkaStand } from "@/server/integrations/connectors/rozetka/testing/stand";
import { shopify } from "@/server/integrations/connectors/shopify/connector";
import { shopifyStand } from "@/server/integrations/connectors/shopify/testing/stand";
import { wildberries } from "@/server/integrations/connectors/wildberries/connector";
import { wildberriesStockStand } from "@/server/integrations/connectors/wildberries/testing/offers-stand";
import { yandexMarket } from "@/server/integrations/connectors/yandex-market/connector";
import { yandexStand } from "@/server/integrations/connectors/yandex-market/testing/stand";
import type { Connector } from "@/server/integrations/contract/connector";
import type { Cursor } from "@/server/integrations/contract/ports";
import type { ExternalProduct } from "@/server/integrations/contract/records";
import { contextOf, onStand, portOf, type Stand, type StandMaker } from "@/server/integrations/contract/testing/stand";
import { db } from "@/server/platform/db";
import { ingestProducts } from "../ingest-products";
import { makeVariants } from "../matching/change-variants";
import { changeStock } from "../stock/change-stock";
import { settleReservations } from "../stock/settle-reservations";
import { makeShelf, type Shelf, shopAt, use } from "../testing/make-shelf";
import { saveRule } from "./offer-settings";
import { pushOffers } from "./push-offers";
import { PUSH_TIMINGS } from "./push-rules";

/** The catalog against every service that takes stock: a strict simulator behind real HTTP, and a real database. */
const SERVICES: readonly (readonly [string, Connector, StandMaker])[] = [
  ["ozon", ozon, patientOzonStand],
  ["wildberries", wildberries, wildberriesStockStand],
  ["yandex-market", yandexMarket, yandexStand],
  ["rozetka", rozetka, rozetkaStand],
  ["hepsiburada", hepsiburada, hepsiburadaStand],
  ["shopify", shopify, shopifyStand],
];

interface Scene {
  readonly connector: Connector;
  readonly stand: Stand;
  readonly shelf: Shelf;
  readonly connectionId: string;
}

function offersOf({ stand }: Scene) {
  if (stand.offers === undefined) throw new Error("this stand takes no stock");
  return stand.offers;
}

/** Reads the whole catalogue of the service, as a run of its stream does. */
async function readListings({ connector, stand, shelf, connectionId }: Scene): Promise<ExternalProduct[]> {
  const all: ExternalProduct[] = [];
  let cursor: Cursor | undefined;
  do {
    const page = await portOf(connector, "catalog").pull(contextOf(stand), { cursor });
    all.push(...page.records);
    cursor = page.next;
  } while (cursor !== undefined);
  await use(shelf, (scope) => ingestProducts(scope, { connection: { id: connectionId }, products: all }, stand.clock));
  return all;
}

async function drain(scene: Scene): Promise<void> {
  const { connector, stand, shelf, connectionId } = scene;
  const gateway = {
    open: () => Promise.resolve({ port: portOf(connector, "offers"), context: contextOf(stand) }),
    report: () => Promise.resolve(),
    readAnew: async () => {
      await readListings(scene);
    },
  };
  for (let turn = 0; turn < 60; turn += 1) {
    const step = await pushOffers({ workspaceId: shelf.workspaceId, connectionId, kind: "stock" }, { gateway, clock: stand.clock, timings: PUSH_TIMINGS });
    if (step.kind === "idle") return;
    if (step.kind === "later") await offersOf(scene).pass(Math.max(1_000, step.at.getTime() - stand.clock.now().getTime()));
  }
  throw new Error("the pushing does not come to rest");
}

describe.each(SERVICES)("%s", (_, connector, make) => {
  it("shows what is on the shelf, follows an order, and survives a lost answer", () =>
    onStand(make, async (stand) => {
      const shelf = await makeShelf(1);
      const { connectionId } = shopAt(shelf, 0);
      const scene: Scene = { connector, stand, shelf, connectionId };
      const offers = offersOf(scene);
      const listings = (await readListings(scene)).filter((listing) => offers.isWritable?.(listing.externalId) ?? true).slice(0, 3);
      await makeVariants(shelf.workspaceId, "unmatched", stand.clock);
      const rows = await db.product.findMany({ where: { connectionId, externalId: { in: listings.map((one) => one.externalId) } } });
      const variantIds = rows.flatMap((row) => row.variantId ?? []);
      expect(variantIds).toHaveLength(listings.length);
      const count = (quantity: number) =>
        use(shelf, (scope) =>
          changeStock(
            scope,
            null,
            [...new Set(variantIds)].map((variantId) => ({ variantId, kind: "counted", quantity })),
            stand.clock.now(),
          ),
        );
      const expectShown = async (quantities: readonly number[]) => {
        for (const [index, listing] of listings.entries()) expect(await offers.stockOf(listing.externalId), listing.externalId).toBe(quantities[index]);
      };
      await count(7);
      await saveRule(shelf.workspaceId, shelf.userId, { connectionId, isEnabled: true, buffer: 1, cap: null, turnoverPercent: 100 }, stand.clock);
      await drain(scene);
      await expectShown(listings.map(() => 6));

      const [first] = listings;
      if (first === undefined) throw new Error("nothing to sell");
      const line = { lineId: randomUUID(), connectionId, productExternalId: first.externalId, sku: null, offerId: null, barcode: null, quantity: 2 };
      const order = { orderId: randomUUID(), state: "new", fulfilment: "fbs", lines: [line] } as const;
      const settled = await use(shelf, (scope) => settleReservations(scope, [order], stand.clock.now()));
      expect(settled.matched).toHaveLength(1);
      await drain(scene);
      expect(await offers.stockOf(first.externalId)).toBe(4);

      await count(11);
      await offers.fail({ kind: "error-after-accept" }, "stock");
      await drain(scene);
      await expectShown(listings.map((_listing, index) => (index === 0 ? 8 : 10)));
      const left = await db.product.count({ where: { connectionId, isStockPushed: true, wantedStock: { not: null }, ackedStock: null } });
      expect(left).toBe(0);
    }));
});
