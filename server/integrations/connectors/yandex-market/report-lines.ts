import { parseMinor } from "@/lib/money";
import type { ExternalSaleLine, RejectedRecord } from "../../contract/records";
import type { Sheet } from "./report-archive";
import { settlementOf } from "./sale-lines";

/**
 * Sheets of the realization report → final sale lines. Pure.
 *
 * Columns by the vendor's page about the report (2026-08-28, "may change without notice"), in the spelling of JSON, of CSV and of the
 * table people download. Revenue is the price without discounts: what the Market adds to a buyer's discount it pays itself [I], and
 * `stats/orders` tells the same sum. A row that stands twice (an order packed in parts) is one line.
 */
const COLUMNS = {
  order: ["orderId", "Номер заказа"],
  sku: ["yourSku", "Ваш SKU", "shopSku"],
  name: ["offerName", "Название товара", "Название"],
  price: ["priceWithVatAndNoDiscount", "Цена c НДС без учёта скидок за шт."],
  delivered: ["deliveredCount", "Доставлено, шт."],
  deliveredOn: ["deliveryDate", "Дата доставки товара"],
  deliveredSum: ["deliveredPriceSumWithVatAndNoDiscounts", "Стоимость всех доставленных штук с НДС без учёта скидок"],
  returned: ["returnedCount", "Возвращено, шт."],
  returnedOn: ["returnWarehouseOrScAcceptDate", "Дата приёма возврата складом или сортировочным центром"],
  returnedSum: ["returnPriceSumWithVatAndNoDiscounts", "Стоимость всех возвращённых штук с НДС без учёта скидок"],
  compensation: ["compensationAmount", "Сумма автокомпенсации"],
  compensatedOn: ["compensationDate", "Дата автокомпенсации"],
  takenBack: ["decompensationAmount", "Сумма декомпенсации"],
  takenBackOn: ["decompensationDate", "Дата декомпенсации"],
} as const satisfies Readonly<Record<string, readonly string[]>>;
type Column = keyof typeof COLUMNS;

interface SheetKind {
  /** Name of its file. */
  readonly file: string;
  /** Tells it by a column nobody else has, where it goes by another name. */
  readonly mark: Column;
  readonly needed: readonly Column[];
  /** Of several the first that is there; one has to be. */
  readonly sums: readonly Column[];
}

/** What was handed over and what was not picked up are in the report too: neither is a sale. */
const KINDS = {
  returned: { file: "returned", mark: "returned", needed: ["order", "sku", "returned"], sums: ["returnedSum", "price"] },
  lost: { file: "lost_items", mark: "compensation", needed: ["order", "sku", "compensation", "compensatedOn"], sums: ["compensation"] },
  delivered: { file: "delivered", mark: "delivered", needed: ["order", "sku", "delivered"], sums: ["deliveredSum", "price"] },
} as const satisfies Readonly<Record<string, SheetKind>>;
type Kind = keyof typeof KINDS;
const OTHER_SHEETS: ReadonlySet<string> = new Set(["transferred_to_delivery", "unredeemed"]);

export interface ReportLines {
  /** In the order of their ids. */
  readonly lines: readonly ExternalSaleLine[];
  readonly rejected: readonly RejectedRecord[];
}

/** @param month YYYY-MM @param currency of the cabinet: the report names none. */
export function toReportLines(sheets: readonly Sheet[], month: string, currency: string): ReportLines {
  const lines = new Map<string, ExternalSaleLine>();
  const rejected: RejectedRecord[] = [];
  for (const sheet of sheets) {
    const kind = kindOf(sheet);
    if (kind === undefined) continue;
    const missing = missingIn(sheet, kind);
    if (missing.length > 0) {
      rejected.push(refused(`${month}:${sheet.name}`, sheet.rows[0], "yandex-market.report_columns", `sheet ${sheet.name} lacks ${missing.join(", ")}`));
      continue;
    }
    for (const row of sheet.rows) {
      try {
        for (const line of linesOf(kind, reader(row), month, currency)) lines.set(line.externalId, join(lines.get(line.externalId), line));
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        rejected.push(refused(undefined, row, "yandex-market.report_row", error.message));
      }
    }
  }
  return { lines: [...lines.values()].sort((a, b) => (a.externalId < b.externalId ? -1 : 1)), rejected };
}

function refused(externalId: string | undefined, payload: unknown, errorCode: string, errorText: string): RejectedRecord {
  return { kind: "sale", externalId, payload, errorCode, errorText: errorText.slice(0, 500) };
}

function kindOf({ name, rows }: Sheet): Kind | undefined {
  if (rows.length === 0 || OTHER_SHEETS.has(name)) return undefined;
  const kinds = Object.keys(KINDS) as Kind[];
  const first = reader(rows[0] ?? {});
  return kinds.find((kind) => KINDS[kind].file === name) ?? kinds.find((kind) => first.has(KINDS[kind].mark));
}

/** Columns are left out of no row: an empty cell is there, empty. Told by the vendor's names. */
function missingIn({ rows }: Sheet, kind: Kind): string[] {
  const { needed, sums }: SheetKind = KINDS[kind];
  const has = (column: Column) => rows.some((row) => reader(row).has(column));
  return [...needed.filter((column) => !has(column)), ...(sums.some(has) ? [] : sums.slice(0, 1))].map((column) => COLUMNS[column][0]);
}

interface Reader {
  has(column: Column): boolean;
  /** Empty where the cell is. */
  text(column: Column): string;
}

/** "ORDER_ID", "orderId" and "Orders/Order id" are one name. */
const plain = (header: string) => (header.split("/").at(-1) ?? header).toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
const SPELLINGS = new Map((Object.keys(COLUMNS) as Column[]).map((column) => [column, COLUMNS[column].map(plain)]));

function reader(row: Readonly<Record<string, unknown>>): Reader {
  const cells = new Map(Object.entries(row).map(([header, value]) => [plain(header), value]));
  const spellings = (column: Column) => (SPELLINGS.get(column) ?? []).filter((name) => cells.has(name));
  return {
    has: (column) => spellings(column).length > 0,
    text: (column) =>
      spellings(column)
        .map((name) => cells.get(name))
        .map((value) => (typeof value === "string" || typeof value === "number" ? String(value).trim() : ""))
        .find((text) => text !== "") ?? "",
  };
}

/** @throws RangeError for a row without order, article, pieces, or with an odd amount or date. */
function linesOf(kind: Kind, row: Reader, month: string, currency: string): ExternalSaleLine[] {
  const [order, sku] = [row.text("order"), row.text("sku")];
  if (!/^\d+$/.test(order) || sku === "") throw new RangeError("a row without an order or an article");
  const name = row.text("name");
  const line = (mark: string, date: string, facts: Pick<ExternalSaleLine, "kind" | "quantity" | "revenueMinor" | "description">): ExternalSaleLine => ({
    externalId: `final:${month}:${order}:${sku}${mark}`,
    date,
    currency,
    feesMinor: 0n,
    fees: [],
    orderNumber: order,
    sku,
    offerId: sku,
    ...(name === "" ? {} : { productName: name }),
    isPreliminary: false,
    ...(facts.kind === "correction" ? {} : { settlementKey: settlementOf(order, sku, facts.kind === "return") }),
    ...facts,
  });
  const money = (column: Column) => parseMinor(row.text(column).replace(/\s/g, "").replace(",", ".") || "0", currency);
  if (kind === "lost") {
    const given = money("compensation");
    const back = money("takenBack");
    const correction = (description: string, revenueMinor: bigint) => ({ kind: "correction" as const, quantity: 0, revenueMinor, description });
    return [
      ...(given === 0n ? [] : [line(":lost", dayOf(row.text("compensatedOn"), month), correction("Компенсация за утраченный товар", given))]),
      ...(back === 0n ? [] : [line(":found", dayOf(row.text("takenBackOn"), month), correction("Возврат компенсации", -back))]),
    ];
  }
  const isReturn = kind === "returned";
  const quantity = piecesOf(row.text(isReturn ? "returned" : "delivered"));
  if (quantity === 0) return [];
  const told = row.text(isReturn ? "returnedSum" : "deliveredSum");
  const sum = told === "" ? money("price") * BigInt(quantity) : money(isReturn ? "returnedSum" : "deliveredSum");
  const sign = isReturn ? -1 : 1;
  const facts = { kind: isReturn ? ("return" as const) : ("sale" as const), quantity: sign * quantity, revenueMinor: BigInt(sign) * sum };
  return [line(isReturn ? ":return" : "", dayOf(row.text(isReturn ? "returnedOn" : "deliveredOn"), month), { ...facts, description: name || sku })];
}

/** @throws RangeError for what is no whole number of pieces. */
function piecesOf(text: string): number {
  const pieces = Number(text === "" ? "0" : text);
  if (!Number.isSafeInteger(pieces) || pieces < 0) throw new RangeError(`not a number of pieces: ${text.slice(0, 40)}`);
  return pieces;
}

/** A day of another month would stand outside the accounts it is told in, and a row may come without one: both are the month's last day. */
function dayOf(text: string, month: string): string {
  const day = /^(\d{4}-\d{2}-\d{2})/.exec(text)?.[1] ?? text.replace(/^(\d{2})[.\-/](\d{2})[.\-/](\d{4}).*$/s, "$3-$2-$1");
  if (day !== "" && !/^\d{4}-\d{2}-\d{2}$/.test(day)) throw new RangeError(`not a date: ${text.slice(0, 40)}`);
  return day.startsWith(month) ? day : lastDayOf(month);
}

function lastDayOf(month: string): string {
  const [year = 0, number = 0] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
}

function join(held: ExternalSaleLine | undefined, line: ExternalSaleLine): ExternalSaleLine {
  if (held === undefined) return line;
  const date = [held.date, line.date].sort().at(-1);
  return { ...line, ...(date === undefined ? {} : { date }), quantity: held.quantity + line.quantity, revenueMinor: held.revenueMinor + line.revenueMinor };
}
