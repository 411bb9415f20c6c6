import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { OrderState } from "@/server/integrations/contract/orders";
import { db } from "@/server/platform/db";
import { changeStockByHand } from "../stock/change-stock";
import { settleReservations } from "../stock/settle-reservations";
import { type Fault, makeShelf, makeSold, type Shelf, shopAt, use } from "../testing/make-shelf";
import { saveRule } from "./offer-settings";
import { pushOffers } from "./push-offers";
import { PUSH_TIMINGS } from "./push-rules";
import { sweepOffers } from "./sweep-offers";

/**
 * Orders, cancels, repeats, news out of order, counts, pushes and lost answers in any interleaving, on a real database: the shelf never
 * goes below zero, what is kept is what orders hold, no request says more than there is, and at rest every shop shows exactly that.
 */
const SHOPS = 2;
const ORDERS = 4;
const STATES: readonly OrderState[] = ["new", "confirmed", "packed", "shipped", "delivered", "cancelled", "returned", "unknown"];

type Step =
  | { readonly kind: "news"; readonly order: number; readonly version: number; readonly state: OrderState; readonly quantity: number }
  | { readonly kind: "count" | "receive" | "write_off"; readonly quantity: number }
  | { readonly kind: "push"; readonly shop: number; readonly fault: Fault }
  | { readonly kind: "wait"; readonly seconds: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("news" as const),
      order: fc.nat(ORDERS - 1),
      version: fc.nat(6),
      state: fc.constantFrom(...STATES),
      quantity: fc.nat(4),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom("count" as const, "receive" as const, "write_off" as const), quantity: fc.nat(6) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("push" as const),
      shop: fc.nat(SHOPS - 1),
      fault: fc.constantFrom<Fault>("none", "none", "lost-before", "lost-after", "rejected", "conflict", "pending"),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("wait" as const), seconds: fc.constantFrom(1, 30, 200, 4_000) }) },
);

interface World {
  readonly shelf: Shelf;
  readonly variantId: string;
  readonly orders: readonly { readonly orderId: string; readonly lineId: string; seen: number }[];
  readonly overstated: string[];
}

async function makeWorld(checked: boolean): Promise<World> {
  const shelf = await makeShelf(SHOPS);
  const variantId = await makeSold(shelf, "A-1", 6);
  const overstated: string[] = [];
  for (const { connectionId, shop } of shelf.shops) {
    await saveRule(shelf.workspaceId, shelf.userId, { connectionId, isEnabled: true, buffer: 0, cap: null, turnoverPercent: 100 }, shelf.clock);
    if (!checked) continue;
    shop.onCall = async (changes) => {
      const { onHand, reserved } = await db.variant.findUniqueOrThrow({ where: { id: variantId } });
      for (const change of changes) {
        if ("quantity" in change && change.quantity > Math.max(0, (onHand ?? 0) - reserved)) overstated.push(`${change.quantity} of ${onHand} − ${reserved}`);
      }
    };
  }
  const orders = Array.from({ length: ORDERS }, () => ({ orderId: randomUUID(), lineId: randomUUID(), seen: -1 }));
  return { shelf, variantId, orders, overstated };
}

async function carry({ shelf, variantId, orders }: World, one: Step): Promise<void> {
  const now = shelf.clock.now();
  switch (one.kind) {
    case "news": {
      const order = orders[one.order];
      // The orders room lets the newest version win and holds the order's row; older news is dropped there.
      if (order === undefined || one.version < order.seen) return;
      order.seen = one.version;
      const line = { lineId: order.lineId, connectionId: shopAt(shelf, one.order % SHOPS).connectionId, sku: null, offerId: "A-1", barcode: null };
      await use(shelf, async (scope) => {
        await scope.db.$queryRaw`SELECT pg_advisory_xact_lock(hashtext(${order.orderId}))::text`;
        const { orderId } = order;
        await settleReservations(scope, [{ orderId, state: one.state, fulfilment: "fbs", lines: [{ ...line, quantity: one.quantity }] }], now);
      });
      return;
    }
    case "count":
    case "receive":
    case "write_off": {
      const kind = one.kind === "count" ? "counted" : one.kind === "receive" ? "received" : "written_off";
      const refused = (error: unknown) => {
        if (!(error instanceof Error) || error.message !== "catalog.not_enough") throw error;
      };
      await changeStockByHand(shelf.workspaceId, shelf.userId, { variantId, kind, quantity: one.quantity }, shelf.clock).catch(refused);
      return;
    }
    case "push": {
      const { connectionId, shop } = shopAt(shelf, one.shop);
      shop.faults.splice(0, shop.faults.length, one.fault);
      await pushOffers({ workspaceId: shelf.workspaceId, connectionId, kind: "stock" }, { gateway: shelf.gateway, clock: shelf.clock, timings: PUSH_TIMINGS });
      return;
    }
    case "wait":
      shelf.clock.advance(one.seconds * 1_000);
  }
}

async function expectSound({ shelf, variantId }: World): Promise<void> {
  const variant = await db.variant.findUniqueOrThrow({ where: { id: variantId } });
  const held = await db.stockReservation.aggregate({ where: { variantId, state: "held" }, _sum: { quantity: true } });
  const moved = await db.stockMovement.aggregate({ where: { variantId }, _sum: { quantity: true } });
  expect(variant.onHand).toBeGreaterThanOrEqual(0);
  expect(variant.reserved).toBe(held._sum.quantity ?? 0);
  expect(variant.onHand).toBe(moved._sum.quantity ?? 0);
  const shipped = await db.stockMovement.groupBy({ by: ["orderId"], where: { variantId, kind: "shipped" }, _count: true });
  expect(shipped.every((row) => row._count === 1)).toBe(true);
  const wanted = await db.product.findMany({ where: { workspaceId: shelf.workspaceId }, select: { wantedStock: true } });
  for (const row of wanted) expect(row.wantedStock).toBeLessThanOrEqual(Math.max(0, (variant.onHand ?? 0) - variant.reserved));
}

/** Everything said, every answer heard, every hold-back over. */
async function expectRest({ shelf, variantId }: World): Promise<void> {
  const deps = { gateway: shelf.gateway, clock: shelf.clock, timings: PUSH_TIMINGS };
  shelf.clock.advance(3_700_000);
  await sweepOffers(shelf.clock);
  for (const { connectionId, shop } of shelf.shops) {
    shop.faults.splice(0);
    // What was refused for good waits for another wish; here a person asks again.
    await db.offerPush.updateMany({ where: { connectionId, state: "rejected" }, data: { state: "delayed", nextAt: new Date(0) } });
    for (let turn = 0; turn < 40; turn += 1) {
      const done = await pushOffers({ workspaceId: shelf.workspaceId, connectionId, kind: "stock" }, deps);
      if (done.kind === "idle") break;
      if (done.kind === "later") shelf.clock.advance(Math.max(1, done.at.getTime() - shelf.clock.now().getTime()));
    }
  }
  const variant = await db.variant.findUniqueOrThrow({ where: { id: variantId } });
  const available = Math.max(0, (variant.onHand ?? 0) - variant.reserved);
  for (const { shop } of shelf.shops) expect(shop.stock.get("A-1-x")).toBe(available);
}

describe("in any interleaving", () => {
  it("never below zero, never more said than there is, and at rest all show the same", { timeout: 240_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
        const world = await makeWorld(true);
        for (const one of steps) {
          await carry(world, one);
          await expectSound(world);
        }
        await expectRest(world);
        expect(world.overstated).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  it("a hold-back ends however late anybody looks", async () => {
    const world = await makeWorld(true);
    await carry(world, { kind: "news", order: 1, version: 0, state: "new", quantity: 1 });
    await carry(world, { kind: "push", shop: 0, fault: "none" });
    await carry(world, { kind: "wait", seconds: 200_000 });
    await expectRest(world);
  });

  it("also when everything happens at once", { timeout: 240_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(step, { minLength: 2, maxLength: 6 }), { minLength: 2, maxLength: 6 }), async (waves) => {
        const world = await makeWorld(false);
        for (const wave of waves) {
          await Promise.all(wave.map((one) => carry(world, one)));
          await expectSound(world);
        }
        await expectRest(world);
      }),
      { numRuns: 25 },
    );
  });
});
