import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { ingestProducts } from "@/server/catalog/index";
import type { ExternalSaleLine } from "@/server/integrations/contract/records";
import { fixedClock } from "@/server/platform/clock";
import { db } from "@/server/platform/db";
import { inWorkspace, type Scope } from "@/server/platform/transaction";
import { createSaleLine } from "./create-sale-line";
import { type ExportWords, exportSales } from "./export-sales";
import { ingestSaleLines } from "./ingest-sale-lines";
import { listSales } from "./list-sales";
import { EXPORT_COLUMNS, exportSalesQuery, listSalesInput, totalSalesInput } from "./schema";
import { revenueSeries, totalSales } from "./total-sales";

const clock = fixedClock(new Date("2026-11-20T12:00:00Z"));

interface Shop {
  readonly workspaceId: string;
  readonly connection: { readonly id: string; readonly organizationId: string; readonly connectorId: string };
}

async function makeShop(): Promise<Shop> {
  const [workspaceId, organizationId, id] = [randomUUID(), randomUUID(), randomUUID()];
  await db.workspace.create({
    data: { id: workspaceId, name: "Sales test", timeZone: "Europe/Moscow", organizations: { create: { id: organizationId, name: "ООО «Тест»" } } },
  });
  await db.connection.create({ data: { id, workspaceId, organizationId, connectorId: "fake", name: "=shop" } });
  return { workspaceId, connection: { id, organizationId, connectorId: "fake" } };
}

function line(externalId: string, more: Partial<ExternalSaleLine> = {}): ExternalSaleLine {
  return {
    externalId,
    kind: "sale",
    date: "2026-11-10",
    quantity: 1,
    revenueMinor: 10_050n,
    feesMinor: -1_000n,
    currency: "RUB",
    description: `order ${externalId}`,
    sku: "100",
    isPreliminary: false,
    fees: [{ typeId: "7", name: "Комиссия", amountMinor: -1_000n }],
    ...more,
  };
}

const use = <T>(shop: Shop, work: (scope: Scope) => Promise<T>) => inWorkspace(shop.workspaceId, work);
const ingest = (shop: Shop, lines: readonly ExternalSaleLine[]) => use(shop, (scope) => ingestSaleLines(scope, { connection: shop.connection, lines }));
const list = (shop: Shop, input: object = {}) => use(shop, (scope) => listSales(scope, listSalesInput.parse(input), clock));

describe("sale lines", () => {
  it("come once whatever is repeated, and follow the service's corrections", async () => {
    const shop = await makeShop();
    const lines = [line("1"), line("2", { kind: "return", quantity: -1, revenueMinor: -10_050n }), line("3")];
    expect(await ingest(shop, lines)).toEqual({ applied: 3, duplicate: 0, rejected: [] });
    expect(await ingest(shop, [...lines, line("3")])).toEqual({ applied: 0, duplicate: 4, rejected: [] });
    expect(await ingest(shop, [line("3", { revenueMinor: 5_000n })])).toEqual({ applied: 1, duplicate: 0, rejected: [] });
    const page = await list(shop);
    expect(page.lines.map((entry) => entry.revenueMinor).sort()).toEqual([-10_050n, 10_050n, 5_000n].sort());
  });

  it("are final once final", async () => {
    const shop = await makeShop();
    await ingest(shop, [line("1", { isPreliminary: true, revenueMinor: 1n })]);
    await ingest(shop, [line("1", { revenueMinor: 2n })]);
    expect(await ingest(shop, [line("1", { isPreliminary: true, revenueMinor: 3n })])).toMatchObject({ duplicate: 1 });
    expect((await list(shop)).lines).toMatchObject([{ revenueMinor: 2n, isPreliminary: false }]);
  });

  it("count once: preliminary ones give way to the final ones of the same settlement, whichever came first", async () => {
    const shop = await makeShop();
    const early = (id: string, key: string) => line(id, { isPreliminary: true, settlementKey: key, revenueMinor: 100n });
    const total = async (input: object = {}) =>
      (await use(shop, (scope) => totalSales(scope, totalSalesInput.parse({ by: "day", ...input }), clock))).overall[0]?.revenueMinor ?? 0n;
    await ingest(shop, [early("e1", "s1"), early("e2", "s2")]);
    expect(await total()).toBe(200n);
    await ingest(shop, [line("f1", { settlementKey: "s1", revenueMinor: 90n }), line("f3", { settlementKey: "s3", revenueMinor: 50n })]);
    expect(await total()).toBe(100n + 90n + 50n);
    // Late news of what is settled already, and another synchronisation of the same.
    await ingest(shop, [early("e3", "s3"), early("e1", "s1")]);
    expect(await total()).toBe(240n);
    expect([await total({ settlement: "final" }), await total({ settlement: "preliminary" }), await total({ settlement: "superseded" })]).toEqual([
      140n,
      100n,
      200n,
    ]);
    expect((await list(shop)).lines).toHaveLength(3);
    expect((await list(shop, { settlement: "superseded" })).lines.every(({ isSuperseded }) => isSuperseded)).toBe(true);
  });

  it("count once also when both are stored at the same moment", async () => {
    const shop = await makeShop();
    const keys = Array.from({ length: 40 }, (_, index) => `s${index}`);
    await Promise.all([
      ingest(
        shop,
        keys.map((key) => line(`e-${key}`, { isPreliminary: true, settlementKey: key, revenueMinor: 100n })),
      ),
      ingest(
        shop,
        keys.map((key) => line(`f-${key}`, { settlementKey: key, revenueMinor: 90n })),
      ),
    ]);
    const { overall } = await use(shop, (scope) => totalSales(scope, totalSalesInput.parse({ by: "day" }), clock));
    expect(overall[0]?.revenueMinor).toBe(3_600n);
  });

  it("come once when two synchronisations run at the same time", async () => {
    const shop = await makeShop();
    const lines = Array.from({ length: 500 }, (_, index) => line(String(index)));
    const results = await Promise.all([ingest(shop, lines), ingest(shop, [...lines].reverse()), ingest(shop, lines)]);
    expect(results.reduce((sum, result) => sum + result.applied, 0)).toBe(500);
    expect(await db.saleLine.count({ where: { connectionId: shop.connection.id } })).toBe(500);
  });

  it("set aside what cannot be stored", async () => {
    const shop = await makeShop();
    const result = await ingest(shop, [line(""), line("1", { date: "10.11.2026" }), line("2", { currency: "rub" }), line("3")]);
    expect(result.applied).toBe(1);
    expect(result.rejected.map((record) => record.errorCode)).toEqual(["sales.sale_without_id", "sales.sale_without_date", "sales.sale_currency"]);
    expect(() => JSON.stringify(result.rejected)).not.toThrow();
  });

  it("are listed by day and filtered", async () => {
    const shop = await makeShop();
    await ingest(shop, [
      line("1"),
      line("2", { date: "2026-11-12", sku: "200", description: "Чайник 50%" }),
      line("3", { date: "2026-09-01" }),
      line("4", { date: "2026-11-11", kind: "fee", revenueMinor: 0n }),
    ]);
    const names = async (input: object) => (await list(shop, input)).lines.map((entry) => entry.description);
    expect((await list(shop)).period).toEqual({ from: "2026-10-22", to: "2026-11-20" });
    expect(await names({})).toEqual(["Чайник 50%", "order 4", "order 1"]);
    expect(await names({ from: "2026-09-01", to: "2026-09-30" })).toEqual(["order 3"]);
    expect(await names({ sku: "200" })).toEqual(["Чайник 50%"]);
    expect(await names({ search: "чайник" })).toEqual(["Чайник 50%"]);
    expect(await names({ search: "0%" })).toEqual(["Чайник 50%"]);
    expect(await names({ kinds: ["fee"] })).toEqual(["order 4"]);
    const first = await list(shop, { limit: 2 });
    expect((await list(shop, { limit: 2, cursor: first.nextCursor ?? undefined })).lines.map((entry) => entry.description)).toEqual(["order 1"]);
    expect((await list(await makeShop())).lines).toEqual([]);
  });

  it("take the catalog's product name when their own is missing", async () => {
    const shop = await makeShop();
    await ingest(shop, [line("1")]);
    await use(shop, (scope) => ingestProducts(scope, { connection: shop.connection, products: [{ externalId: "p", sku: "100", name: "Кружка" }] }));
    expect((await list(shop)).lines).toMatchObject([{ productName: "Кружка" }]);
    expect((await use(shop, (scope) => totalSales(scope, totalSalesInput.parse({ by: "product" }), clock))).groups).toMatchObject([
      { key: "100", label: "Кружка" },
    ]);
  });
});

describe("what a number is made of", () => {
  it("is found by its currency, its fees and its payout", async () => {
    const shop = await makeShop();
    await ingest(shop, [line("1", { payoutMinor: 9_050n }), line("2", { feesMinor: 0n }), line("3", { currency: "KZT", feesMinor: 0n, payoutMinor: 0n })]);
    const found = async (input: object) => (await list(shop, input)).lines.map(({ description }) => description).sort();
    expect(await found({ currency: "KZT" })).toEqual(["order 3"]);
    expect(await found({ having: "fees" })).toEqual(["order 1"]);
    expect(await found({ having: "payout" })).toEqual(["order 1", "order 3"]);
  });

  it("is an order where its shop has one of that number: of a parcel the parcel, of another shop none", async () => {
    const [shop, other] = [await makeShop(), await makeShop()];
    const order = async (at: Shop, number: string, groupNumber: string) => {
      const { organizationId, id: connectionId } = at.connection;
      const row = { organizationId, connectionId, externalId: number, number, groupNumber, fulfilment: "fbs", state: "new" as const, remoteState: "x" };
      const id = randomUUID();
      const more = { placedAt: clock.now(), sourceVersionAt: clock.now(), sourceHash: "", currency: "RUB", totalMinor: 1n, pieces: 1 };
      await db.order.create({ data: { id, workspaceId: at.workspaceId, ...row, ...more } });
      return id;
    };
    const first = await order(shop, "77-1", "77");
    const second = await order(shop, "77-2", "77");
    await order(other, "88", "88");
    await ingest(shop, [
      line("1", { orderNumber: "77", postingNumber: "77-2" }),
      line("2", { orderNumber: "77" }),
      line("3", { orderNumber: "88", postingNumber: "88" }),
      line("4"),
    ]);
    const orders = new Map((await list(shop)).lines.map(({ description, orderId }) => [description, orderId]));
    expect(orders.get("order 1")).toBe(second);
    expect([first, second]).toContain(orders.get("order 2"));
    expect([orders.get("order 3"), orders.get("order 4")]).toEqual([null, null]);
  });
});

describe("totals", () => {
  it("add up and keep currencies apart", async () => {
    const shop = await makeShop();
    await ingest(shop, [
      line("1"),
      line("2", { kind: "return", quantity: -1, revenueMinor: -10_050n }),
      line("3", { date: "2026-11-12", revenueMinor: 20_000n, sku: "200" }),
      line("4", { currency: "KZT", revenueMinor: 7n }),
    ]);
    for (const by of ["day", "product", "organization", "connection", "marketplace"] as const) {
      const { overall, groups } = await use(shop, (scope) => totalSales(scope, totalSalesInput.parse({ by }), clock));
      expect(overall.map((sum) => [sum.currency, sum.revenueMinor, sum.returnsMinor, sum.quantity, sum.lines])).toEqual([
        ["RUB", 20_000n, -10_050n, 1, 3],
        ["KZT", 7n, 0n, 1, 1],
      ]);
      for (const total of overall) {
        const parts = groups.filter((group) => group.currency === total.currency);
        expect(parts.reduce((sum, part) => sum + part.revenueMinor, 0n)).toBe(total.revenueMinor);
      }
    }
    const { series } = await use(shop, (scope) => revenueSeries(scope, {}, clock));
    expect(series.map(({ currency, days }) => [currency, days.length, days.reduce((sum, day) => sum + day.revenueMinor, 0n)])).toEqual([
      ["KZT", 30, 7n],
      ["RUB", 30, 20_000n],
    ]);
  });
});

describe("a line entered by hand", () => {
  it("is marked, not dropped, when date, marketplace, organization and revenue agree", async () => {
    const shop = await makeShop();
    await ingest(shop, [line("1")]);
    const entry = {
      organizationId: shop.connection.organizationId,
      marketplace: "fake",
      kind: "sale" as const,
      date: "2026-11-10",
      quantity: 1,
      revenueMinor: 10_050n,
      currency: "RUB",
      description: "from paper",
    };
    const actor = { kind: "user", id: randomUUID() };
    const twin = await use(shop, (scope) => createSaleLine(scope, entry, actor));
    const other = await use(shop, (scope) => createSaleLine(scope, { ...entry, revenueMinor: 10_051n }, actor));
    expect(twin.possibleDuplicateOfId).not.toBeNull();
    expect(other.possibleDuplicateOfId).toBeNull();
    expect((await list(shop)).lines).toHaveLength(3);
    expect((await list(shop, { possibleDuplicates: true })).lines).toMatchObject([{ id: twin.id, isManual: true }]);
    await expect(use(shop, async (scope) => createSaleLine(scope, { ...entry, organizationId: randomUUID() }, actor))).rejects.toMatchObject({
      code: "sales.organization_not_found",
    });
  });
});

const words: ExportWords = {
  columns: Object.fromEntries(EXPORT_COLUMNS.map((column) => [column, column])) as ExportWords["columns"],
  kinds: { sale: "Sale", return: "Return", fee: "Fee", correction: "Correction" },
  yes: "yes",
  sheet: "Sales",
};

async function read(stream: ReadableStream<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream as unknown as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe("export", () => {
  it("writes every line once, over many pages, with exact decimal amounts", async () => {
    const shop = await makeShop();
    await ingest(
      shop,
      Array.from({ length: 4_500 }, (_, index) => line(String(index), { revenueMinor: BigInt(index) })),
    );
    const { fileName, body } = await exportSales(shop.workspaceId, exportSalesQuery.parse({ format: "csv" }), words, clock);
    expect(fileName).toBe("sales-2026-10-22-2026-11-20.csv");
    const [header, ...rows] = (await read(body)).toString("utf8").trimEnd().split("\r\n");
    expect(header).toBe(`\uFEFF${EXPORT_COLUMNS.join(",")}`);
    const revenues = rows.map((row) => row.split(",")[EXPORT_COLUMNS.indexOf("revenue")]);
    expect(new Set(revenues).size).toBe(4_500);
    expect(revenues).toContain("12.34");
  });

  it("makes formulas harmless and leaves negative amounts numbers", async () => {
    const shop = await makeShop();
    await ingest(shop, [
      line("1", { kind: "return", revenueMinor: -10_050n, description: '=HYPERLINK("http://evil")', productName: "@SUM(1;2)", orderNumber: "+7" }),
    ]);
    const { body } = await exportSales(shop.workspaceId, exportSalesQuery.parse({ format: "csv", separator: "semicolon" }), words, clock);
    const row = (await read(body)).toString("utf8").trimEnd().split("\r\n")[1] ?? "";
    expect(row).toContain(`"'=HYPERLINK(""http://evil"")"`);
    expect(row).toContain(`"'@SUM(1;2)"`);
    expect(row).toContain(";'+7;");
    expect(row).toContain(";'=shop;");
    expect(row).toContain(";-100.50;");
  });

  it("makes a workbook", async () => {
    const shop = await makeShop();
    await ingest(shop, [line("1")]);
    const { body, contentType } = await exportSales(shop.workspaceId, exportSalesQuery.parse({ format: "xlsx" }), words, clock);
    expect(contentType).toContain("spreadsheetml");
    expect((await read(body)).subarray(0, 2).toString()).toBe("PK");
  });

  it("keeps to its own workspace", async () => {
    const [mine, theirs] = [await makeShop(), await makeShop()];
    await ingest(theirs, [line("1")]);
    const { body } = await exportSales(mine.workspaceId, exportSalesQuery.parse({ format: "csv", connectionIds: theirs.connection.id }), words, clock);
    expect((await read(body)).toString("utf8").trimEnd().split("\r\n")).toHaveLength(1);
  });
});
