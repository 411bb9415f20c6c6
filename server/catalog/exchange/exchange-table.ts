import { stringify } from "csv-stringify/sync";
import { toDecimal } from "@/lib/money";
import { spreadsheetText } from "@/lib/spreadsheet-text";
import { type Clock, systemClock } from "@/server/platform/clock";
import { invalid } from "@/server/platform/errors";
import { inWorkspace, type Scope } from "@/server/platform/transaction";
import { setPrices } from "../pushing/offer-settings";
import type { TablePreview } from "../schema";
import { changeStock } from "../stock/change-stock";
import { findKnownVariants, findShops } from "./exchange.repository";
import { type KnownListing, oldPriceHeading, priceHeading, readTable, type TableChanges } from "./read-table";

const BYTE_ORDER_MARK = "\uFEFF";

/** Stock and prices of everything in sale, in the form that is read back. */
export async function exportTable(scope: Scope, separator: "comma" | "semicolon"): Promise<{ fileName: string; text: string }> {
  const [variants, shops] = [await findKnownVariants(scope), await findShops(scope)];
  const sold = new Set(variants.flatMap((variant) => variant.listings.map((listing) => listing.connectionId)));
  const columns = shops.filter((shop) => sold.has(shop.connectionId));
  const head = ["sku", "name", "on_hand", ...columns.flatMap((shop) => [priceHeading(shop.name), oldPriceHeading(shop.name)])];
  const body = variants.map((variant) => [
    spreadsheetText(variant.sku),
    spreadsheetText(variant.name),
    variant.onHand === null ? "" : String(variant.onHand),
    ...columns.flatMap((shop) => {
      const listing = variant.listings.find((one) => one.connectionId === shop.connectionId);
      return [amountOf(listing, listing?.priceMinor), amountOf(listing, listing?.oldMinor)];
    }),
  ]);
  const text = stringify([head.map(spreadsheetText), ...body], { delimiter: separator === "semicolon" ? ";" : ",", record_delimiter: "windows" });
  return { fileName: "stock-and-prices.csv", text: `${BYTE_ORDER_MARK}${text}` };
}

function amountOf(listing: KnownListing | undefined, minor: bigint | null | undefined): string {
  return listing === undefined || listing.currency === null || minor === null || minor === undefined ? "" : toDecimal(minor, listing.currency);
}

const MOST_SHOWN = 500;

/** What a table would change; nothing is changed. */
export async function previewTable(scope: Scope, text: string): Promise<TablePreview> {
  const { preview } = await read(scope, text);
  const { stock, prices, problems } = preview;
  return { ...preview, stock: stock.slice(0, MOST_SHOWN), prices: prices.slice(0, MOST_SHOWN), problems: problems.slice(0, MOST_SHOWN) };
}

/** Carries out what the preview showed, except lines with faults. @throws AppError `catalog.table_unreadable`. */
export async function applyTable(workspaceId: string, userId: string, text: string, clock: Clock = systemClock): Promise<{ stock: number; prices: number }> {
  return inWorkspace(
    workspaceId,
    async (scope) => {
      const { stock, prices, preview } = await read(scope, text);
      if (preview.rows === 0) throw invalid("catalog.table_unreadable");
      if (stock.length > 0)
        await changeStock(
          scope,
          userId,
          stock.map((entry) => ({ ...entry, kind: "counted" })),
          clock.now(),
        );
      if (prices.length > 0) await setPrices(scope, { prices: [...prices] });
      return { stock: stock.length, prices: prices.length };
    },
    { timeoutMs: 60_000 },
  );
}

async function read(scope: Scope, text: string): Promise<TableChanges> {
  return readTable(text, await findKnownVariants(scope), await findShops(scope));
}
