import { describe, expect, it } from "vitest";
import { MOST_IMPORT_LINES, type ReadImportInput, readImportInput } from "../schema";
import { keysOf } from "./line-key";
import { type KnownPlaces, placeFinder } from "./places";
import { readFile } from "./read-file";

const known: KnownPlaces = {
  organizations: [
    { id: "o1", name: "ООО «Ромашка»" },
    { id: "o2", name: "Second" },
  ],
  connections: [
    { id: "c1", name: "Main shop", connectorId: "ozon", organizationId: "o1", isRemoved: false },
    { id: "c2", name: "Twin", connectorId: "ozon", organizationId: "o1", isRemoved: false },
    { id: "c3", name: "Twin", connectorId: "wildberries", organizationId: "o1", isRemoved: false },
    { id: "c4", name: "main SHOP", connectorId: "ozon", organizationId: "o1", isRemoved: true },
  ],
  marketplaces: [
    { id: "ozon", name: "Ozon" },
    { id: "wildberries", name: "Wildberries" },
  ],
};
const shop: ReadImportInput["target"] = { by: "connection", connectionId: "c1" };

function read(text: string, more: Partial<ReadImportInput> = {}) {
  const input = { ...readImportInput.omit({ target: true }).parse({ text, currency: "RUB" }), target: shop, ...more };
  const placeOf = placeFinder(input.target, known);
  if (placeOf === null) throw new Error("no such place");
  return readFile(input, placeOf, "2026-11-21");
}

const faultsOf = (text: string, more: Partial<ReadImportInput> = {}) => read(text, more).faults.map(({ line, fault }) => [line, fault]);

describe("readFile", () => {
  it("reads a report with a title above, decimal commas and a total below", () => {
    const text =
      "Отчёт о реализации за ноябрь\n\nДата;№ заказа;Наименование;Кол-во;Сумма, ₽;Комиссия\n01.11.2026;A-1;Кружка;2;1 234,50;-100\n2.11.2026;;Чашка;;99,9;\nИтого;;;;1 334,40;\n";
    const { table, lines, faults, missing } = read(text);
    expect([table.separator, table.headingLine, table.dateOrder, table.decimalMark]).toEqual([
      "semicolon",
      3,
      { value: "dmy", isSure: true },
      { value: "comma", isSure: true },
    ]);
    expect(missing).toEqual([]);
    expect(lines).toMatchObject([
      {
        line: 4,
        date: "2026-11-01",
        kind: "sale",
        quantity: 2,
        revenueMinor: 123_450n,
        feesMinor: -10_000n,
        payoutMinor: null,
        currency: "RUB",
        description: "A-1",
      },
      { line: 5, date: "2026-11-02", quantity: 1, revenueMinor: 9_990n, feesMinor: 0n, description: "2026-11-02", productName: "Чашка" },
    ]);
    expect(faults).toEqual([{ line: 6, fault: "bad_date", value: "Итого" }]);
    expect(lines[0]?.place).toMatchObject({ organizationId: "o1", marketplace: "ozon", connectionId: "c1" });
  });

  it("what is chosen by hand wins: columns, order of the date, decimal mark", () => {
    const text = 'a,b,c\n02/01/2026,"1.500",x\n';
    expect(read(text).missing).toEqual(["date", "revenue"]);
    const { lines, table } = read(text, { columns: { date: 0, revenue: 1, description: 2 }, dateOrder: "mdy", decimalMark: "point" });
    expect(lines).toMatchObject([{ date: "2026-02-01", revenueMinor: 150n, description: "x" }]);
    expect(table.dateOrder?.isSure).toBe(true);
    // Left to itself it is thousands, and says that it is a guess.
    expect(read(text, { columns: { date: 0, revenue: 1 } })).toMatchObject({
      lines: [{ date: "2026-01-02", revenueMinor: 150_000n }],
      table: { dateOrder: { isSure: false }, decimalMark: { value: "comma", isSure: false } },
    });
    const mapped = read("date,amount,net\n2026-11-01,5,4\n", { columns: { revenue: 2, payout: null } });
    expect(mapped.lines).toMatchObject([{ revenueMinor: 400n, payoutMinor: null }]);
  });

  it("says what is wrong with each line, all of it", () => {
    const head = "date,type,quantity,revenue,fees,payout,currency,preliminary,description\n";
    expect(
      faultsOf(
        `${head},gift,1.5,abc,x,y,,,\n2026-11-30,sale,1,1,,,RUB,,\n2026-11-01,sale,1,,,,RUB,,\n2026-11-01,sale,1,1,,,Q,maybe,\n2026-11-01,sale,1,1 €,,,RUB,,\n2026-11-01,sale,1,1,,,RUB,,${"x".repeat(1001)}\n2026-11-01,sale,1,1,,,RUB,,a,b\n2026-11-01,sale,1,99999999999999999,,,RUB,,\n`,
      ),
    ).toEqual([
      [2, "no_date"],
      [2, "bad_kind"],
      [2, "bad_revenue"],
      [2, "bad_fees"],
      [2, "bad_payout"],
      [2, "bad_quantity"],
      [3, "future_date"],
      [4, "no_revenue"],
      [5, "bad_preliminary"],
      [5, "bad_currency"],
      [6, "currency_differs"],
      [7, "too_long"],
      [8, "extra_cells"],
      [9, "bad_revenue"],
    ]);
    expect(faultsOf("date,revenue\n2026-11-01,1\n2026-11-01,1 ₽\n", { currency: undefined })).toEqual([[2, "no_currency"]]);
    expect(read("date,revenue\n2026-11-01,1\n", { currency: undefined }).missing).toEqual(["currency"]);
    expect(faultsOf("id,date,revenue\n7,2026-11-01,1\n7,2026-11-02,2\n")).toEqual([[3, "repeated_id"]]);
  });

  it("a charge of its own needs no revenue; a line without a kind is a return when it is negative", () => {
    const { lines, faults } = read("date,type,revenue,fees\n2026-11-01,fee,,-5\n2026-11-01,,-7,\n2026-11-01,correction,-3,\n");
    expect(faults).toEqual([]);
    expect(lines).toMatchObject([
      { kind: "fee", quantity: 0, revenueMinor: 0n, feesMinor: -500n },
      { kind: "return", quantity: -1, revenueMinor: -700n },
      { kind: "correction", quantity: 0, revenueMinor: -300n },
    ]);
  });

  it("turns returns and charges a file writes as positive amounts, and takes mixed signs by their word", () => {
    const head = "date,type,quantity,revenue,fees,payout\n";
    const positive = read(`${head}2026-11-01,sale,1,10,2,8\n2026-11-01,return,1,10,2,8\n`);
    expect(positive.turned).toEqual({ returns: 1, fees: 2 });
    expect(positive.lines).toMatchObject([
      { revenueMinor: 1_000n, feesMinor: -200n, payoutMinor: 800n, quantity: 1 },
      { revenueMinor: -1_000n, feesMinor: -200n, payoutMinor: -800n, quantity: -1 },
    ]);
    const own = read(`${head}2026-11-01,sale,1,10,-2,8\n2026-11-01,sale,1,10,1,8\n2026-11-01,return,1,-10,2,-8\n2026-11-01,return,1,3,2,\n`);
    expect(own.turned).toEqual({ returns: 0, fees: 0 });
    expect(own.lines.map(({ revenueMinor, feesMinor, quantity }) => [revenueMinor, feesMinor, quantity])).toEqual([
      [1_000n, -200n, 1],
      [1_000n, 100n, 1],
      [-1_000n, 200n, -1],
      [300n, 200n, 1],
    ]);
  });

  it("counts amounts that are finer than their currency, by the currency's own decimals", () => {
    const { lines, rounded } = read("date,revenue,currency\n2026-11-01,1.005,RUB\n2026-11-01,1.5000,RUB\n2026-11-01,150.4,JPY\n2026-11-01,1.234,KWD\n");
    expect(rounded).toBe(2);
    expect(lines.map(({ revenueMinor }) => revenueMinor)).toEqual([101n, 150n, 150n, 1_234n]);
  });

  it("finds the place of each line in its own cells", () => {
    const target = { by: "columns" } as const;
    const head = "date,revenue,marketplace,organization,connection\n";
    const places = read(
      `${head}2026-11-01,1,OZON,ооо «ромашка»,\n2026-11-01,1,My own shop,Second,\n2026-11-01,1,,,MAIN shop\n2026-11-01,1,Wildberries,,Twin\n`,
      { target },
    );
    expect(places.faults).toEqual([]);
    expect(places.lines.map(({ place }) => [place.organizationId, place.marketplace, place.connectionId])).toEqual([
      ["o1", "ozon", null],
      ["o2", "My own shop", null],
      ["o1", "ozon", "c1"],
      ["o1", "wildberries", "c3"],
    ]);
    expect(
      faultsOf(`${head}2026-11-01,1,Ozon,,\n2026-11-01,1,,Second,\n2026-11-01,1,Ozon,Nobody,\n2026-11-01,1,,,Twin\n2026-11-01,1,,,None\n`, { target }),
    ).toEqual([
      [2, "no_organization"],
      [3, "no_marketplace"],
      [4, "unknown_organization"],
      [5, "ambiguous_connection"],
      [6, "unknown_connection"],
    ]);
    expect(read("date,revenue\n2026-11-01,1\n", { target }).missing).toEqual(["organization", "marketplace"]);
    expect(placeFinder({ by: "connection", connectionId: "c9" }, known)).toBeNull();
    expect(placeFinder({ by: "organization", organizationId: "o9", marketplace: "ozon" }, known)).toBeNull();
  });

  it("what is no table, or too large a one, is refused with a reason", () => {
    expect(() => read("date,revenue\n")).toThrow(expect.objectContaining({ code: "sales.import_empty" }));
    expect(() => read('date,revenue\n2026-11-01,"1\n')).toThrow(expect.objectContaining({ code: "sales.import_quote_open", params: { line: 2 } }));
    const many = `date,revenue\n${"2026-11-01,1\n".repeat(MOST_IMPORT_LINES + 1)}`;
    expect(() => read(many)).toThrow(expect.objectContaining({ code: "sales.import_too_many_lines" }));
  });
});

describe("keysOf", () => {
  const keys = (text: string, more: Partial<ReadImportInput> = {}) =>
    keysOf(read(text, more).lines).map((key) => (key.kind === "external" ? key : key.importKey));

  it("are the same for the same line in another order, encoding of numbers and file", () => {
    const [a, b] = keys("date,revenue,order\n2026-11-01,1000.50,A\n2026-11-02,2,B\n");
    expect(keys("Заказ;Дата;Сумма\nB;02.11.2026;2,00\nA;01.11.2026;1 000,5\nC;03.11.2026;3\n").slice(0, 2)).toEqual([b, a]);
  });

  it("tell lines of one file that say the same apart, and each field that differs", () => {
    const lines = ["2026-11-01,1,A,x", "2026-11-01,1,A,x", "2026-11-01,2,A,x", "2026-11-02,1,A,x", "2026-11-01,1,B,x", "2026-11-01,1,A,y"];
    const all = keys(`date,revenue,order,product\n${lines.join("\n")}\n`);
    expect(new Set(all).size).toBe(lines.length);
    expect(keys("date,revenue,order,product\n2026-11-01,1,A,x\n")).toEqual([all[0]]);
  });

  it("are the service's own where the line has one", () => {
    const text = "id,date,revenue\n7,2026-11-01,1\n";
    expect(keys(text)).toEqual([{ kind: "external", connectionId: "c1", externalId: "7" }]);
    const target = { by: "organization", organizationId: "o1", marketplace: "ozon" } as const;
    const [byMarketplace] = keys(text, { target });
    expect(keys("id,date,revenue\n7,2026-11-05,9\n", { target })).toEqual([byMarketplace]);
    expect(keys(text, { target: { ...target, marketplace: "wildberries" } })).not.toEqual([byMarketplace]);
  });
});
