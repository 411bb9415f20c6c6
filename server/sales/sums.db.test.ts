import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeMember } from "@/server/access/testing/make-workspace";
import type { ExternalSaleLine } from "@/server/integrations/contract/records";
import { db } from "@/server/platform/db";
import { inSystem, inWorkspace, type Scope } from "@/server/platform/transaction";
import { createSaleLine } from "./create-sale-line";
import { carryOutImport } from "./importing/carry-out-import";
import { undoImport } from "./importing/undo-import";
import { ingestSaleLines } from "./ingest-sale-lines";
import { recountSums } from "./recount-sums";
import { groupingSchema, type SaleFilters } from "./schema";
import { fromLines, sumSales, sumSalesBy } from "./sums.repository";

interface Shop {
  readonly id: string;
  readonly organizationId: string;
  readonly connectorId: string;
}

interface Firm {
  readonly workspaceId: string;
  readonly shops: readonly [Shop, Shop];
  readonly user: { readonly kind: "user"; readonly id: string };
}

async function makeFirm(): Promise<Firm> {
  const [workspaceId, first, second] = [randomUUID(), randomUUID(), randomUUID()];
  const organizations = {
    create: [
      { id: first, name: "First" },
      { id: second, name: "Second" },
    ],
  };
  await db.workspace.create({ data: { id: workspaceId, name: "Sums test", organizations } });
  const shops = [
    { id: randomUUID(), organizationId: first, connectorId: "ozon" },
    { id: randomUUID(), organizationId: second, connectorId: "wildberries" },
  ] as const;
  await db.connection.createMany({ data: shops.map((shop) => ({ ...shop, workspaceId, name: shop.connectorId })) });
  const { userId } = await makeMember(workspaceId, "accountant", "Anna");
  return { workspaceId, shops, user: { kind: "user", id: userId } };
}

/** Both sides of the ends of months, quarters and years. */
const DAYS = ["2024-12-31", "2025-01-01", "2025-03-31", "2025-04-01", "2025-04-15", "2025-12-31", "2026-01-01", "2026-02-28", "2026-03-10"];
const EVERYTHING = { from: "2020-01-01", to: "2030-12-31" };
const PERIODS = [
  EVERYTHING,
  { from: "2025-01-01", to: "2025-12-31" },
  { from: "2025-01-02", to: "2026-03-09" },
  { from: "2025-03-31", to: "2025-04-15" },
  { from: "2024-12-20", to: "2026-01-25" },
  { from: "2025-04-15", to: "2025-04-15" },
];

const amount = fc.bigInt({ min: -5_000n, max: 5_000n });
const lineArbitrary: fc.Arbitrary<ExternalSaleLine> = fc.record({
  externalId: fc.constantFrom("1", "2", "3", "4", "5", "6"),
  kind: fc.constantFrom("sale", "return", "fee", "correction"),
  date: fc.constantFrom(...DAYS),
  quantity: fc.integer({ min: -3, max: 3 }),
  revenueMinor: amount,
  feesMinor: fc.oneof(fc.constant(0n), amount),
  payoutMinor: fc.option(amount, { nil: undefined }),
  currency: fc.constantFrom("RUB", "UAH"),
  description: fc.constantFrom("blue", "red"),
  sku: fc.constantFrom("A", "B", undefined),
  offerId: fc.constantFrom("A", "C", undefined),
  productName: fc.constantFrom("Chair", undefined),
  isPreliminary: fc.boolean(),
  settlementKey: fc.constantFrom("k1", "k2", undefined),
  fees: fc.constant([]),
}) as fc.Arbitrary<ExternalSaleLine>;

const shopArbitrary = fc.constantFrom(0, 1);
type Step = (firm: Firm) => Promise<unknown>;

const within = <T>({ workspaceId }: Firm, work: (scope: Scope) => Promise<T>) => inWorkspace(workspaceId, work);
const ingest = (firm: Firm, shop: number, lines: readonly ExternalSaleLine[]) =>
  within(firm, (scope) => ingestSaleLines(scope, { connection: firm.shops[shop as 0 | 1], lines }));

const told = fc.tuple(shopArbitrary, fc.array(lineArbitrary, { maxLength: 6 })).map(
  ([shop, lines]): Step =>
    (firm) =>
      ingest(firm, shop, lines),
);

const atOnce = fc.array(fc.tuple(shopArbitrary, fc.array(lineArbitrary, { minLength: 1, maxLength: 6 })), { minLength: 2, maxLength: 4 }).map(
  (pages): Step =>
    (firm) =>
      Promise.all(pages.map(([shop, lines]) => ingest(firm, shop, lines))),
);

const byHand = lineArbitrary.map(
  (line): Step =>
    (firm) => {
      const { date, kind, quantity, revenueMinor, currency, description, sku } = line;
      const [{ organizationId }] = firm.shops;
      return within(firm, (scope) =>
        createSaleLine(scope, { organizationId, marketplace: "market", date, kind, quantity, revenueMinor, currency, description, sku }, firm.user),
      );
    },
);

const removed = fc.subarray(["1", "2", "3", "4", "5", "6"]).map(
  (ids): Step =>
    (firm) =>
      within(firm, (scope) => scope.db.saleLine.deleteMany({ where: { workspaceId: firm.workspaceId, externalId: { in: ids } } })),
);

/** What no use case does today: a line that changes everything it is counted by. */
const moved = fc.tuple(fc.subarray(["1", "2", "3", "4", "5", "6"]), lineArbitrary).map(
  ([ids, line]): Step =>
    (firm) =>
      within(firm, (scope) =>
        scope.db.saleLine.updateMany({
          where: { workspaceId: firm.workspaceId, externalId: { in: ids } },
          data: { date: new Date(line.date), currency: line.currency, sku: line.sku ?? null, kind: line.kind, organizationId: firm.shops[1].organizationId },
        }),
      ),
);

const fileArbitrary = fc.array(fc.tuple(fc.constantFrom(...DAYS), fc.integer({ min: 1, max: 900 }), fc.constantFrom("A", "D")), { minLength: 1, maxLength: 5 });
const broughtAndMaybeTakenBack = fc.tuple(fileArbitrary, shopArbitrary, fc.boolean()).map(
  ([rows, shop, isUndone]): Step =>
    async (firm) => {
      const text = `date,revenue,sku,order\n${rows.map(([date, revenue, sku]) => `${date},${revenue},${sku},${revenue}`).join("\n")}\n`;
      const target = { by: "connection" as const, connectionId: firm.shops[shop as 0 | 1].id };
      const { importId } = await carryOutImport(firm.workspaceId, firm.user, { text, target, currency: "RUB", columns: {}, fileName: "sales.csv" });
      if (isUndone && importId !== null) await undoImport(firm.workspaceId, firm.user, importId);
    },
);

const steps = fc.array(fc.oneof(told, atOnce, byHand, removed, moved, broughtAndMaybeTakenBack), { minLength: 2, maxLength: 6 });

function filtersOf({ shops }: Firm): SaleFilters[] {
  return [
    {},
    { connectionIds: [shops[0].id] },
    { organizationIds: [shops[1].organizationId], currency: "RUB" },
    { marketplaces: ["market", "ozon"], kinds: ["return", "fee"] },
    { settlement: "final" },
    { settlement: "preliminary", having: "payout" },
    { settlement: "superseded" },
    { having: "fees", kinds: ["sale"] },
    { search: "blue" },
    { sku: "A" },
  ];
}

/** Whatever is asked: from the sums it is what it is from the lines. @param turn which period goes with which filters. */
async function expectEqualSums(firm: Firm, turn = 0): Promise<void> {
  expect(await recountSums(firm.workspaceId)).toEqual({ days: 0, products: 0 });
  await within(firm, async (scope) => {
    for (const [at, filters] of filtersOf(firm).entries()) {
      const period = PERIODS[(at + turn) % PERIODS.length] ?? EVERYTHING;
      expect(await sumSales(scope, period, filters)).toEqual(await sumSales(scope, period, filters, fromLines));
      for (const by of groupingSchema.options)
        expect(await sumSalesBy(scope, period, filters, by, 1_000), by).toEqual(await sumSalesBy(scope, period, filters, by, 1_000, fromLines));
    }
  });
}

const line = (externalId: string, more: Partial<ExternalSaleLine> = {}): ExternalSaleLine => ({
  externalId,
  kind: "sale",
  date: "2025-04-15",
  quantity: 1,
  revenueMinor: 100n,
  feesMinor: -10n,
  currency: "RUB",
  description: "line",
  sku: "A",
  isPreliminary: false,
  fees: [],
  ...more,
});

describe("sums kept beside the lines", () => {
  it("are what the lines add up to, whatever comes, changes and goes", async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.integer({ min: 0, max: PERIODS.length - 1 }), async (taken, turn) => {
        const firm = await makeFirm();
        for (const step of taken) {
          await step(firm);
          expect(await recountSums(firm.workspaceId)).toEqual({ days: 0, products: 0 });
        }
        await expectEqualSums(firm, turn);
      }),
      { numRuns: 12 },
    );
  }, 120_000);

  it("follow a line from day to day, from product to product, and are gone with it", async () => {
    const firm = await makeFirm();
    await ingest(firm, 0, [line("1"), line("2", { date: "2025-12-31", isPreliminary: true, settlementKey: "k" })]);
    await ingest(firm, 0, [line("1", { date: "2026-01-01", sku: "B", currency: "UAH" }), line("3", { settlementKey: "k", revenueMinor: 7n })]);
    await expectEqualSums(firm);
    const shown = await within(firm, (scope) => sumSalesBy(scope, EVERYTHING, {}, "product", 10));
    expect(shown.map(({ key, currency, lines, revenueMinor }) => [key, currency, lines, revenueMinor])).toEqual([
      ["B", "UAH", 1, 100n],
      ["A", "RUB", 1, 7n],
    ]);
    await db.saleLine.deleteMany({ where: { workspaceId: firm.workspaceId } });
    const where = { workspaceId: firm.workspaceId };
    expect([await db.saleDaySum.count({ where }), await db.saleProductSum.count({ where })]).toEqual([0, 0]);
  });

  it("are counted in no other workspace", async () => {
    const [mine, theirs] = [await makeFirm(), await makeFirm()];
    await ingest(mine, 0, [line("1")]);
    await ingest(theirs, 0, [line("1", { revenueMinor: 900n })]);
    const seen = await within(mine, async (scope) => ({ days: await scope.db.saleDaySum.findMany(), products: await scope.db.saleProductSum.findMany() }));
    expect(seen.days.map(({ workspaceId, revenueMinor }) => [workspaceId, revenueMinor])).toEqual([[mine.workspaceId, 100n]]);
    expect(seen.products.map(({ months, workspaceId }) => [months, workspaceId])).toEqual([1, 3, 12].map((months) => [months, mine.workspaceId]));
  });

  it("are told wrong by the recount when they are", async () => {
    const firm = await makeFirm();
    await ingest(firm, 0, [line("1"), line("2", { date: "2025-04-16" })]);
    await db.saleDaySum.updateMany({ where: { workspaceId: firm.workspaceId, date: new Date("2025-04-16") }, data: { revenueMinor: 1n } });
    await db.saleProductSum.deleteMany({ where: { workspaceId: firm.workspaceId, months: 3 } });
    expect(await recountSums(firm.workspaceId)).toEqual({ days: 2, products: 1 });
  });

  it("never bring two writers to wait for each other, in whatever order they write the same days and products", async () => {
    const firm = await makeFirm();
    const lines = Array.from({ length: 60 }, (_, index) => line(String(index), { date: DAYS[index % DAYS.length] ?? "", sku: `S${index % 7}` }));
    const write = (who: string, order: readonly ExternalSaleLine[]) =>
      within(firm, async (scope) => {
        for (let at = 0; at < order.length; at += 10) {
          const part = order.slice(at, at + 10).map((one) => ({ ...one, externalId: `${who}-${one.externalId}` }));
          await ingestSaleLines(scope, { connection: firm.shops[0], lines: part });
        }
      });
    // A deadlock would end one of them with an error.
    await Promise.all(["a", "b", "c", "d"].map((who, index) => write(who, index % 2 === 0 ? lines : [...lines].reverse())));
    expect(await db.saleLine.count({ where: { workspaceId: firm.workspaceId } })).toBe(240);
    await expectEqualSums(firm);
  });

  it("are kept for those who write past the use cases, too: two plain transactions in opposite order", async () => {
    const firm = await makeFirm();
    const [{ id, organizationId, connectorId: marketplace }] = firm.shops;
    const insert = (order: readonly string[]) =>
      inSystem(async (tx) => {
        for (const date of order)
          await tx.saleLine.create({
            data: {
              id: randomUUID(),
              workspaceId: firm.workspaceId,
              organizationId,
              connectionId: id,
              marketplace,
              externalId: randomUUID(),
              kind: "sale",
              date: new Date(date),
              quantity: 1,
              revenueMinor: 5n,
              currency: "RUB",
              description: "",
              sourceHash: "",
            },
          });
      });
    await Promise.all([insert(DAYS), insert([...DAYS].reverse()), insert(DAYS)]);
    await expectEqualSums(firm);
  });
});
