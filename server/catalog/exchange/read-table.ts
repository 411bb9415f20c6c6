import { readCsv } from "@/lib/csv";
import { parseMinor } from "@/lib/money";
import { plainText } from "@/lib/spreadsheet-text";
import { normaliseArticle } from "../rules";
import type { TablePreview, TableProblem } from "../schema";
import { parseAmount, parsePieces } from "./numbers";

/** What the table is read against. */
export interface KnownVariant {
  readonly id: string;
  readonly sku: string;
  readonly article: string;
  readonly name: string;
  readonly onHand: number | null;
  readonly listings: readonly KnownListing[];
}

export interface KnownListing {
  readonly productId: string;
  readonly connectionId: string;
  readonly currency: string | null;
  readonly priceMinor: bigint | null;
  readonly oldMinor: bigint | null;
}

export interface KnownShop {
  readonly connectionId: string;
  readonly name: string;
}

export interface TableChanges {
  readonly preview: TablePreview;
  readonly stock: readonly { readonly variantId: string; readonly quantity: number }[];
  readonly prices: readonly { readonly productId: string; readonly priceMinor: bigint; readonly oldMinor: bigint | null }[];
}

interface PriceColumn {
  readonly connectionId: string;
  readonly shop: string;
  readonly price: number;
  readonly old: number | null;
}

interface Columns {
  readonly sku: number;
  readonly onHand: number;
  readonly prices: readonly PriceColumn[];
  readonly unknown: readonly string[];
}

const NO_HEAD = { cells: [] };

type MutablePreview = { -readonly [K in keyof TablePreview]: TablePreview[K] };

/**
 * What a table of stock and prices would change. Empty cells change nothing; what is the same already is left out; a line with a fault
 * changes nothing of what the fault is about, and says so.
 */
export function readTable(text: string, variants: readonly KnownVariant[], shops: readonly KnownShop[]): TableChanges {
  const [head = NO_HEAD, ...body] = readCsv(text).rows;
  const columns = columnsOf(head.cells, shops);
  const byArticle = new Map(variants.map((variant) => [variant.article, variant]));
  const preview: MutablePreview = { rows: body.length, unknownColumns: [...columns.unknown], stock: [], prices: [], problems: [] };
  const stock: { variantId: string; quantity: number }[] = [];
  const prices: { productId: string; priceMinor: bigint; oldMinor: bigint | null }[] = [];
  const seen = new Set<string>();
  for (const { line, cells } of body) {
    const cell = (at: number) => (at < 0 ? "" : plainText(cells[at] ?? ""));
    const problem = (kind: TableProblem, value: string): void => {
      preview.problems.push({ line, problem: kind, value: value.slice(0, 100) });
    };
    const sku = cell(columns.sku);
    const article = normaliseArticle(sku);
    const variant = article === null ? undefined : byArticle.get(article);
    if (article === null) problem("no_article", "");
    else if (variant === undefined) problem("unknown_article", sku);
    else if (seen.has(article)) problem("twice", sku);
    if (article === null || variant === undefined || seen.has(article)) continue;
    seen.add(article);
    const count = cell(columns.onHand);
    const quantity = parsePieces(count);
    if (count !== "" && quantity === null) problem("bad_stock", count);
    if (quantity !== null && quantity !== variant.onHand) {
      stock.push({ variantId: variant.id, quantity });
      preview.stock.push({ line, sku: variant.sku, name: variant.name, before: variant.onHand, after: quantity });
    }
    for (const column of columns.prices) readPrice({ line, variant, column, cell, problem }, preview, prices);
  }
  return { preview, stock, prices };
}

interface PriceCell {
  readonly line: number;
  readonly variant: KnownVariant;
  readonly column: PriceColumn;
  readonly cell: (at: number) => string;
  readonly problem: (kind: TableProblem, value: string) => void;
}

interface ReadAmounts {
  readonly amount: string;
  /** Null = an empty cell: no crossed-out price. */
  readonly old: string | null;
}

/** What the cells of one shop say; null = nothing, or nothing that can be read. */
function amountsOf({ column, cell, problem }: PriceCell): ReadAmounts | null {
  const text = cell(column.price);
  if (text === "") return null;
  const amount = parseAmount(text);
  const oldText = column.old === null ? "" : cell(column.old);
  const old = oldText === "" ? null : parseAmount(oldText);
  const isWrong = amount === null || Number(amount) === 0;
  if (isWrong) problem("bad_price", text);
  else if (oldText !== "" && old === null) problem("bad_price", oldText);
  else return { amount, old };
  return null;
}

type PriceWish = TableChanges["prices"][number];

function readPrice(input: PriceCell, preview: MutablePreview, prices: PriceWish[]): void {
  const { line, variant, column, problem } = input;
  const amounts = amountsOf(input);
  if (amounts === null) return;
  const listings = variant.listings.filter((listing) => listing.connectionId === column.connectionId);
  if (listings.length === 0) problem("no_listing", column.shop);
  for (const listing of listings) {
    if (listing.currency === null) {
      problem("no_currency", column.shop);
      continue;
    }
    const after = parseMinor(amounts.amount, listing.currency);
    const old = amounts.old === null ? null : parseMinor(amounts.old, listing.currency);
    // A table without the column leaves the crossed-out price as it is.
    const oldMinor = column.old === null ? listing.oldMinor : old;
    const before = listing.priceMinor;
    if (after === before && oldMinor === listing.oldMinor) continue;
    prices.push({ productId: listing.productId, priceMinor: after, oldMinor });
    const isLarge = before !== null && before > 0n && (after * 2n < before || after > before * 2n);
    preview.prices.push({ line, sku: variant.sku, name: variant.name, shop: column.shop, currency: listing.currency, before, after, isLarge });
  }
}

/** Headings: `sku`, `name`, `on_hand`, `price[<shop>]`, `old_price[<shop>]`. */
function columnsOf(head: readonly string[], shops: readonly KnownShop[]): Columns {
  const names = head.map((name) => plainText(name));
  const lower = names.map((name) => name.toLowerCase());
  const unknown = new Set(lower.flatMap((name, at) => (["sku", "name", "on_hand"].includes(name) ? [] : [names[at] ?? ""])));
  const prices: PriceColumn[] = [];
  for (const shop of shops) {
    const price = names.indexOf(priceHeading(shop.name));
    const old = names.indexOf(oldPriceHeading(shop.name));
    unknown.delete(priceHeading(shop.name));
    unknown.delete(oldPriceHeading(shop.name));
    if (price >= 0) prices.push({ connectionId: shop.connectionId, shop: shop.name, price, old: old < 0 ? null : old });
  }
  return { sku: lower.indexOf("sku"), onHand: lower.indexOf("on_hand"), prices, unknown: [...unknown].filter((name) => name !== "") };
}

export const priceHeading = (shop: string): string => `price[${shop}]`;
export const oldPriceHeading = (shop: string): string => `old_price[${shop}]`;
