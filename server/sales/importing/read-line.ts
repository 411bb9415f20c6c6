import type { CsvRow } from "@/lib/csv";
import { exponentOf, parseMinor } from "@/lib/money";
import { storable } from "@/lib/storable";
import type { ImportFault, ImportField, SaleKind } from "../schema";
import { currencyOf } from "./currencies";
import { parseDay } from "./dates";
import { flagOf, kindOf } from "./headings";
import { type ParsedNumber, parseNumber, parseWhole } from "./numbers";
import type { Place, PlaceAnswer, PlaceCells } from "./places";
import { cellOf, type OpenTable } from "./table";

/** A line of a file, read. */
export interface ReadLine {
  readonly line: number;
  readonly place: Place;
  readonly date: string;
  readonly kind: SaleKind;
  readonly quantity: number;
  readonly revenueMinor: bigint;
  readonly feesMinor: bigint;
  readonly payoutMinor: bigint | null;
  readonly currency: string;
  readonly description: string;
  readonly orderNumber: string | null;
  readonly postingNumber: string | null;
  readonly sku: string | null;
  readonly offerId: string | null;
  readonly productName: string | null;
  readonly isPreliminary: boolean;
  /** The id the line has where it comes from. */
  readonly ownId: string | null;
  /** How many of its amounts have more decimals than the currency. */
  readonly rounded: number;
}

export interface LineFault {
  readonly line: number;
  readonly fault: ImportFault;
  readonly value: string;
}

export interface LineReading {
  readonly table: OpenTable;
  readonly placeOf: (cells: PlaceCells) => PlaceAnswer;
  /** Of lines that name none. */
  readonly currency: string | undefined;
  /** Nothing is realised after this day. */
  readonly lastDay: string;
}

const MOST_TEXT = 1_000;
const MOST_MINOR = 1_000_000_000_000_000n;

interface Row {
  readonly text: (field: ImportField) => string;
  readonly fail: (fault: ImportFault, value: string) => void;
}

/** One line as it will be stored, or everything that is wrong with it. */
export function readLine(source: CsvRow, reading: LineReading): { readonly line: ReadLine } | { readonly faults: readonly LineFault[] } {
  const { columns, headings } = reading.table;
  const faults: LineFault[] = [];
  const fail = (fault: ImportFault, value: string): void => {
    faults.push({ line: source.line, fault, value: value.slice(0, 80) });
  };
  const text = (field: ImportField) => storable(cellOf(source, columns.get(field)));
  const row: Row = { text, fail };
  const extra = source.cells.slice(headings.length).find((cell) => cell.trim() !== "");
  if (extra !== undefined) fail("extra_cells", extra);
  const found = reading.placeOf({ organization: text("organization"), marketplace: text("marketplace"), connection: text("connection") });
  if ("fault" in found) fail(found.fault, found.value);
  const date = readDate(row, reading);
  const kind = text("kind") === "" ? null : kindOf(text("kind"));
  if (kind === null && text("kind") !== "") fail("bad_kind", text("kind"));
  const isPreliminary = text("preliminary") === "" ? false : flagOf(text("preliminary"));
  if (isPreliminary === null) fail("bad_preliminary", text("preliminary"));
  const money = readMoney(row, reading, kind);
  const quantity = readQuantity(row, reading, kind ?? (money !== null && money.revenueMinor < 0n ? "return" : "sale"));
  const words = readWords(row);
  if (faults.length > 0 || !("place" in found) || date === null || money === null || quantity === null || isPreliminary === null) return { faults };
  return {
    line: {
      line: source.line,
      place: found.place,
      date,
      kind: kind ?? (money.revenueMinor < 0n ? "return" : "sale"),
      quantity,
      ...money,
      ...words,
      description: words.description ?? words.orderNumber ?? words.postingNumber ?? date,
      isPreliminary,
    },
  };
}

function readDate({ text, fail }: Row, { table, lastDay }: LineReading): string | null {
  const cell = text("date");
  const day = parseDay(cell, table.dateOrder?.value ?? "dmy");
  if (day === null) fail(cell === "" ? "no_date" : "bad_date", cell);
  else if (day > lastDay) fail("future_date", cell);
  return day;
}

function readQuantity({ text, fail }: Row, { table }: LineReading, kind: SaleKind): number | null {
  const cell = text("quantity");
  if (cell === "") return { sale: 1, return: -1, fee: 0, correction: 0 }[kind];
  const quantity = parseWhole(cell, table.decimalMark?.value ?? "point");
  if (quantity === null) fail("bad_quantity", cell);
  return quantity;
}

function readWords({ text, fail }: Row) {
  const word = (field: ImportField): string | null => {
    const value = text(field);
    if (value.length > MOST_TEXT) fail("too_long", value);
    return value === "" ? null : value;
  };
  return {
    description: word("description"),
    orderNumber: word("orderNumber"),
    postingNumber: word("postingNumber"),
    sku: word("sku"),
    offerId: word("offerId"),
    productName: word("productName"),
    ownId: word("lineId"),
  };
}

type Amounts = Pick<ReadLine, "revenueMinor" | "feesMinor" | "payoutMinor" | "currency" | "rounded">;

function readMoney(row: Row, reading: LineReading, kind: SaleKind | null): Amounts | null {
  const { text, fail } = row;
  const mark = reading.table.decimalMark?.value ?? "point";
  const numberOf = (field: "revenue" | "fees" | "payout"): ParsedNumber | null => {
    const number = text(field) === "" ? null : parseNumber(text(field), mark);
    if (number === null && text(field) !== "") fail(`bad_${field}`, text(field));
    return number;
  };
  const [revenue, fees, payout] = [numberOf("revenue"), numberOf("fees"), numberOf("payout")];
  // A charge of its own has no revenue; of a sale it is what the line is about.
  if (text("revenue") === "" && kind !== "fee" && kind !== "correction") fail("no_revenue", "");
  const currency = readCurrency(row, [revenue, fees, payout], reading.currency);
  if (currency === null) return null;
  let rounded = 0;
  const minorOf = (number: ParsedNumber | null): bigint | null => {
    if (number === null) return null;
    const beyond = number.decimal.split(".")[1]?.slice(exponentOf(currency)) ?? "";
    if (/[1-9]/.test(beyond)) rounded += 1;
    const minor = parseMinor(number.decimal, currency);
    if (minor > MOST_MINOR || minor < -MOST_MINOR) fail("bad_revenue", number.decimal);
    return minor;
  };
  const [revenueMinor, feesMinor, payoutMinor] = [minorOf(revenue) ?? 0n, minorOf(fees) ?? 0n, minorOf(payout)];
  return { revenueMinor, feesMinor, payoutMinor, currency, rounded };
}

/** The cell's, else the sign's beside an amount, else the one chosen for the file. */
function readCurrency({ text, fail }: Row, numbers: readonly (ParsedNumber | null)[], chosen: string | undefined): string | null {
  const signs = new Set(numbers.flatMap((number) => (number?.currency == null ? [] : [number.currency])));
  const cell = text("currency");
  const named = cell === "" ? null : currencyOf(cell);
  if (cell !== "" && named === null) fail("bad_currency", cell);
  const all = new Set(named === null ? signs : [...signs, named]);
  if (all.size > 1) fail("currency_differs", [...all].join(", "));
  const currency = named ?? [...signs][0] ?? chosen ?? null;
  if (currency === null && cell === "") fail("no_currency", "");
  return currency;
}
