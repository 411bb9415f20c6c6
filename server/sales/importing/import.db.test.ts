import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { makeMember } from "@/server/access/testing/make-workspace";
import { fixedClock } from "@/server/platform/clock";
import { db } from "@/server/platform/db";
import { inWorkspace } from "@/server/platform/transaction";
import { exportSales } from "../export-sales";
import { ingestSaleLines } from "../ingest-sale-lines";
import { listSales } from "../list-sales";
import { EXPORT_COLUMNS, exportSalesQuery, type ImportTarget, listSalesInput, saleLineOutput } from "../schema";
import { carryOutImport } from "./carry-out-import";
import { listImports } from "./list-imports";
import { previewImport } from "./preview-import";
import { undoImport } from "./undo-import";

const clock = fixedClock(new Date("2026-11-20T12:00:00Z"));

interface Shop {
  readonly workspaceId: string;
  readonly organizationId: string;
  readonly connectionId: string;
  readonly user: { readonly kind: "user"; readonly id: string };
}

async function makeShop(): Promise<Shop> {
  const [workspaceId, organizationId, connectionId] = [randomUUID(), randomUUID(), randomUUID()];
  await db.workspace.create({
    data: { id: workspaceId, name: "Import test", timeZone: "Europe/Moscow", organizations: { create: { id: organizationId, name: "ООО «Тест»" } } },
  });
  await db.connection.create({ data: { id: connectionId, workspaceId, organizationId, connectorId: "ozon", name: "=shop" } });
  const { userId } = await makeMember(workspaceId, "accountant", "Анна");
  return { workspaceId, organizationId, connectionId, user: { kind: "user", id: userId } };
}

const toShop = ({ connectionId }: Shop): ImportTarget => ({ by: "connection", connectionId });
const toMarketplace = ({ organizationId }: Shop): ImportTarget => ({ by: "organization", organizationId, marketplace: "ozon" });
const input = (shop: Shop, text: string, target = toShop(shop)) => ({ text, target, currency: "RUB", columns: {}, fileName: "sales.csv" });
const bring = (shop: Shop, text: string, target = toShop(shop)) => carryOutImport(shop.workspaceId, shop.user, input(shop, text, target), clock);
const preview = (shop: Shop, text: string, target = toShop(shop)) =>
  inWorkspace(shop.workspaceId, (scope) => previewImport(scope, input(shop, text, target), clock));
const list = (shop: Shop, filters: object = {}) => inWorkspace(shop.workspaceId, (scope) => listSales(scope, listSalesInput.parse(filters), clock));
const imports = (shop: Shop) => inWorkspace(shop.workspaceId, listImports);

function ingest(shop: Shop, externalId: string, revenueMinor: bigint) {
  const line = {
    externalId,
    kind: "sale" as const,
    date: "2026-11-10",
    quantity: 1,
    revenueMinor,
    feesMinor: 0n,
    currency: "RUB",
    description: "told",
    isPreliminary: false,
    fees: [],
  };
  const connection = { id: shop.connectionId, organizationId: shop.organizationId, connectorId: "ozon" };
  return inWorkspace(shop.workspaceId, (scope) => ingestSaleLines(scope, { connection, lines: [line] }));
}

const HEAD = "date,order,revenue,fees\n";

describe("a file of sales", () => {
  it("is previewed without a trace, and stores what the preview showed", async () => {
    const shop = await makeShop();
    const text = `${HEAD}10.11.2026,A,100.50,-10\n11.11.2026,B,-50,\nnever,C,1,\n`;
    const shown = await preview(shop, text);
    expect(shown.counts).toEqual({ rows: 3, fresh: 2, known: 0, differing: 0, possibleDuplicates: 0, rejected: 1 });
    expect(shown.totals).toEqual([{ currency: "RUB", lines: 2, revenueMinor: 5_050n, feesMinor: -1_000n, payoutMinor: 0n }]);
    expect(shown.rejected).toEqual([{ line: 4, fault: "bad_date", value: "never" }]);
    expect((await list(shop)).lines).toEqual([]);
    expect(await imports(shop)).toEqual([]);

    const result = await bring(shop, text);
    expect(result).toMatchObject({ added: 2, known: 0, rejected: 1 });
    const { lines } = await list(shop, { importId: result.importId });
    expect(lines).toMatchObject([
      { date: "2026-11-11", kind: "return", quantity: -1, revenueMinor: -5_000n, orderNumber: "B", connectionId: shop.connectionId, marketplace: "ozon" },
      { date: "2026-11-10", kind: "sale", quantity: 1, revenueMinor: 10_050n, feesMinor: -1_000n, description: "A", isManual: true },
    ]);
    expect(await imports(shop)).toMatchObject([
      {
        id: result.importId,
        fileName: "sales.csv",
        byName: "Анна",
        at: clock.now(),
        rows: 3,
        added: 2,
        rejected: 1,
        from: "2026-11-10",
        to: "2026-11-11",
        totals: [{ currency: "RUB", revenueMinor: 5_050n }],
        undoneAt: null,
      },
    ]);
    const audit = await db.auditEntry.findMany({ where: { workspaceId: shop.workspaceId } });
    expect(audit).toMatchObject([{ action: "sale_import.carried_out", actorId: shop.user.id, subjectId: result.importId }]);
  });

  it("adds nothing the second time, however it is sorted and encoded, and only what is new when it has grown", async () => {
    const shop = await makeShop();
    const text = `${HEAD}2026-11-10,A,100.50,-10\n2026-11-10,A,100.50,-10\n2026-11-11,B,7,\n`;
    expect(await bring(shop, text)).toMatchObject({ added: 3 });
    const again = "Дата;№ заказа;Сумма;Комиссия\r\n11.11.2026;B;7,00;\r\n10.11.2026;A;100,5;-10\r\n10.11.2026;A;100,5;-10\r\n";
    for (const repeated of [text, again])
      expect(await bring(shop, repeated)).toEqual({ importId: null, added: 0, known: 3, possibleDuplicates: 0, rejected: 0 });
    expect(await imports(shop)).toHaveLength(1);
    expect((await preview(shop, text)).importedAt).toEqual(clock.now());
    expect((await preview(shop, again)).importedAt).toBeNull();
    expect(await bring(shop, `${text}2026-11-12,C,8,\n`)).toMatchObject({ added: 1, known: 3 });
    expect((await list(shop)).lines).toHaveLength(4);
  });

  it("comes once when two people bring it at the same moment", async () => {
    const shop = await makeShop();
    const text = HEAD + Array.from({ length: 300 }, (_, at) => `2026-11-10,${at},${at},\n`).join("");
    const results = await Promise.all([bring(shop, text), bring(shop, text), bring(shop, text)]);
    expect(results.map(({ added }) => added).sort((a, b) => a - b)).toEqual([0, 0, 300]);
    expect(await db.saleLine.count({ where: { workspaceId: shop.workspaceId } })).toBe(300);
  });

  it("marks lines without an id as possible duplicates of stored ones and of each other, and drops none", async () => {
    const shop = await makeShop();
    await ingest(shop, "1", 10_000n);
    const text = `${HEAD}2026-11-10,A,100,\n2026-11-10,B,200,\n2026-11-10,C,200,\n2026-11-09,D,100,\n`;
    const shown = await preview(shop, text);
    expect(shown.counts).toMatchObject({ fresh: 4, possibleDuplicates: 2 });
    expect(shown.lines.map(({ isPossibleDuplicate }) => isPossibleDuplicate)).toEqual([true, false, true, false]);
    expect(await bring(shop, text)).toMatchObject({ added: 4, possibleDuplicates: 2 });
    const marked = await list(shop, { possibleDuplicates: true });
    expect(marked.lines.map(({ orderNumber }) => orderNumber).sort()).toEqual(["A", "C"]);
  });

  it("knows lines by the service's own id, leaves them as they are and says where the file differs", async () => {
    const shop = await makeShop();
    await ingest(shop, "1", 10_000n);
    await ingest(shop, "2", 10_000n);
    const text = "id,date,revenue\n1,2026-11-10,100\n2,2026-11-10,99\n3,2026-11-10,100\n";
    for (const target of [toShop(shop), toMarketplace(shop)]) {
      expect((await preview(shop, text, target)).counts).toMatchObject({ fresh: 1, known: 2, differing: 1, possibleDuplicates: 0 });
    }
    // First by the marketplace, then by the shop, and the other way round: the same line.
    expect(await bring(shop, text, toMarketplace(shop))).toMatchObject({ added: 1, known: 2 });
    expect(await bring(shop, text)).toMatchObject({ added: 0, known: 3 });
    expect(await bring(shop, "id,date,revenue\n4,2026-11-10,100\n")).toMatchObject({ added: 1 });
    expect(await bring(shop, "id,date,revenue\n4,2026-11-10,100\n", toMarketplace(shop))).toMatchObject({ added: 0, known: 1 });
    expect((await list(shop)).lines.map(({ revenueMinor }) => revenueMinor)).toEqual([10_000n, 10_000n, 10_000n, 10_000n]);
  });

  it("is taken back as a whole, and can come again", async () => {
    const shop = await makeShop();
    const before = await bring(shop, `${HEAD}2026-11-10,A,100,\n`);
    const text = `${HEAD}2026-11-10,B,100,\n2026-11-10,C,300,\n`;
    const { importId } = await bring(shop, text);
    const after = await bring(shop, `${HEAD}2026-11-10,D,300,\n2026-11-10,E,100,\n`);
    const undo = () => undoImport(shop.workspaceId, shop.user, importId ?? "", clock);
    expect(await undo()).toEqual({ removed: 2, kept: 0 });
    const { lines } = await list(shop);
    expect(lines.map(({ orderNumber, possibleDuplicateOfId }) => [orderNumber, possibleDuplicateOfId !== null]).sort()).toEqual([
      ["A", false],
      ["D", false],
      ["E", true],
    ]);
    await expect(undo()).rejects.toMatchObject({ code: "sales.import_undone" });
    expect((await imports(shop)).find(({ id }) => id === importId)).toMatchObject({ undoneAt: clock.now(), undoneByName: "Анна" });
    expect(await db.auditEntry.count({ where: { workspaceId: shop.workspaceId, action: "sale_import.undone", subjectId: importId ?? "" } })).toBe(1);
    expect(await bring(shop, text)).toMatchObject({ added: 2 });
    expect((await list(shop, { importId: before.importId })).lines).toHaveLength(1);
    expect((await list(shop, { importId: after.importId })).lines).toHaveLength(2);
  });

  it("gives a line to the service once the service tells of it: taking the file back leaves it", async () => {
    const shop = await makeShop();
    const { importId } = await bring(shop, "id,date,revenue\n1,2026-11-10,100\n2,2026-11-10,200\n");
    expect(await ingest(shop, "1", 10_000n)).toMatchObject({ applied: 1 });
    expect(await undoImport(shop.workspaceId, shop.user, importId ?? "", clock)).toEqual({ removed: 1, kept: 1 });
    expect((await list(shop)).lines).toMatchObject([{ description: "told", revenueMinor: 10_000n }]);
  });

  it("without a column it cannot do without stores nothing", async () => {
    const shop = await makeShop();
    expect((await preview(shop, "when,how much\n2026-11-10,1\n")).missing).toEqual(["date", "revenue"]);
    await expect(bring(shop, "when,how much\n2026-11-10,1\n")).rejects.toMatchObject({ code: "sales.import_columns_missing" });
  });
});

describe("our own export", () => {
  const words = (yes: string) => ({
    columns: Object.fromEntries(EXPORT_COLUMNS.map((column) => [column, column])) as Record<(typeof EXPORT_COLUMNS)[number], string>,
    kinds: { sale: "Продажа", return: "Возврат", fee: "Удержание", correction: "Корректировка" },
    yes,
    sheet: "Sales",
  });

  async function exported(shop: Shop): Promise<string> {
    const { body } = await exportSales(shop.workspaceId, exportSalesQuery.parse({ format: "csv", separator: "semicolon" }), words("да"), clock);
    return new Response(body).text();
  }

  it("comes back in: nothing is new where it was made, everything is the same elsewhere", async () => {
    const shop = await makeShop();
    await ingest(shop, "17", 10_000n);
    await bring(
      shop,
      'date,type,revenue,fees,payout,description,product,qty,preliminary\n2026-11-10,,100,-7.5,92.5,=1+1,"a;b""c",3,yes\n2026-11-11,возврат,-40,3,,@x,+y,-1,\n',
    );
    const text = await exported(shop);
    expect(text).toContain("'=1+1");
    expect((await preview(shop, text, { by: "columns" })).counts).toEqual({ rows: 3, fresh: 0, known: 3, differing: 0, possibleDuplicates: 0, rejected: 0 });

    const other = await makeShop();
    expect(await bring(other, text, { by: "columns" })).toMatchObject({ added: 3, rejected: 0 });
    const content = saleLineOutput.omit({ id: true, organizationId: true, connectionId: true, isManual: true, possibleDuplicateOfId: true });
    const said = async (one: Shop) => (await list(one)).lines.map((line) => content.parse(line)).sort((a, b) => (a.description < b.description ? -1 : 1));
    expect(await said(other)).toEqual(await said(shop));
  });
});

describe("another workspace", () => {
  it("is neither written to nor known nor taken back from", async () => {
    const [mine, theirs] = [await makeShop(), await makeShop()];
    const text = "id,date,revenue\n1,2026-11-10,100\n";
    const { importId } = await bring(theirs, text);
    for (const target of [toShop(theirs), toMarketplace(theirs)]) {
      await expect(bring(mine, text, target)).rejects.toMatchObject({ code: "sales.import_place_not_found" });
      await expect(preview(mine, text, target)).rejects.toMatchObject({ code: "sales.import_place_not_found" });
    }
    const [theirLine] = (await list(theirs)).lines;
    expect((await preview(mine, `id,date,revenue\n1,2026-11-10,100\n${theirLine?.id},2026-11-10,100\n`)).counts).toMatchObject({ fresh: 2, known: 0 });
    await expect(undoImport(mine.workspaceId, mine.user, importId ?? "", clock)).rejects.toMatchObject({ code: "sales.import_not_found" });
    expect(await imports(mine)).toEqual([]);
    expect((await list(mine, { importId })).lines).toEqual([]);
    expect((await list(theirs)).lines).toHaveLength(1);
  });
});
