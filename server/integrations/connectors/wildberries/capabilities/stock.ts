import { ConnectorError } from "../../../contract/errors";
import type { OfferOutcome, OfferWriter, StockChange } from "../../../contract/offers";
import type { ConnectorContext } from "../../../contract/ports";
import { wildberriesTradeClient } from "../trade-client";
import type { StockRefusal } from "../trade-schemas";

const MAX_AMOUNT = 100_000;
/** The warehouse is being changed: "a few seconds". */
const PROCESSING_MS = 10_000;
/** Every refusal names lines; without them the rest is said again. What is refused still then is refused for good. */
const TRIES = 3;

const CODES: ReadonlyMap<string, string> = new Map([
  ["NotFound", "wildberries.size_unknown"],
  ["UploadDataLimit", "wildberries.stock_out_of_range"],
  ["DeliveryTypeRestriction", "wildberries.stock_delivery_type"],
  ["ProductPropertyConflict", "wildberries.stock_delivery_type"],
]);
const codeOf = ({ code }: StockRefusal) =>
  code.startsWith("CargoWarehouseRestriction") ? "wildberries.stock_warehouse_kind" : (CODES.get(code) ?? "wildberries.stock_refused");

type Rejected = Extract<OfferOutcome, { state: "rejected" }>;

/** One warehouse a call. What cannot be right is not sent: refusals cost ten calls. */
async function set(context: ConnectorContext, changes: readonly StockChange[]): Promise<readonly OfferOutcome[]> {
  const rejected = new Map<string, Rejected>();
  const byWarehouse = new Map<string, StockChange[]>();
  for (const change of changes) {
    const code = faultOf(change);
    const { externalId, remoteContext } = change.listing;
    if (code !== undefined) rejected.set(externalId, { externalId, state: "rejected", code });
    else byWarehouse.set(remoteContext["warehouseId"] ?? "", [...(byWarehouse.get(remoteContext["warehouseId"] ?? "") ?? []), change]);
  }
  for (const [warehouseId, lines] of byWarehouse) for (const outcome of await setIn(context, warehouseId, lines)) rejected.set(outcome.externalId, outcome);
  return changes.map(({ listing: { externalId } }) => rejected.get(externalId) ?? { externalId, state: "acknowledged" });
}

function faultOf({ listing, quantity }: StockChange): string | undefined {
  if (!/^\d+$/.test(listing.externalId)) return "wildberries.size_unknown";
  if (listing.remoteContext["warehouseId"] === undefined) return "wildberries.warehouse_not_chosen";
  return Number.isInteger(quantity) && quantity >= 0 && quantity <= MAX_AMOUNT ? undefined : "wildberries.stock_out_of_range";
}

/**
 * A refusal of one line refuses the call [I]: the others are said again without it. @returns what was refused.
 * @throws ConnectorError `unavailable` while the warehouse is being changed.
 */
async function setIn(context: ConnectorContext, warehouseId: string, lines: readonly StockChange[]): Promise<readonly Rejected[]> {
  const client = wildberriesTradeClient(context);
  const rejected: Rejected[] = [];
  let rest = lines;
  for (let turn = 0; turn < TRIES && rest.length > 0; turn += 1) {
    const refusals = await client.setStocks(
      warehouseId,
      rest.map(({ listing, quantity }) => ({ chrtId: listing.externalId, amount: quantity })),
    );
    if (refusals.length === 0) return rejected;
    if (refusals.some(({ code }) => code === "StoreIsProcessing"))
      throw new ConnectorError("unavailable", "wildberries.stock_blocked", { retryAfterMs: PROCESSING_MS, httpStatus: 409 });
    const named = blamed(rest, refusals);
    const isLast = turn === TRIES - 1;
    for (const { listing } of rest) {
      const refusal = named.get(listing.externalId) ?? (named.size === 0 || isLast ? refusals[0] : undefined);
      if (refusal !== undefined)
        rejected.push({ externalId: listing.externalId, state: "rejected", code: codeOf(refusal), text: refusal.message.slice(0, 500) });
    }
    const gone = new Set(rejected.map(({ externalId }) => externalId));
    rest = rest.filter(({ listing }) => !gone.has(listing.externalId));
  }
  return rejected;
}

/** The lines each refusal names, by size or, as the older ones do, by barcode. */
function blamed(lines: readonly StockChange[], refusals: readonly StockRefusal[]): ReadonlyMap<string, StockRefusal> {
  const named = new Map<string, StockRefusal>();
  for (const refusal of refusals) {
    for (const { chrtId, sku } of refusal.data ?? []) {
      const line = lines.find(({ listing }) => (chrtId === undefined ? sku !== undefined && listing.barcode === sku : listing.externalId === chrtId));
      if (line !== undefined) named.set(line.listing.externalId, refusal);
    }
  }
  return named;
}

export const stockWriter: OfferWriter<StockChange> = { maxBatch: 1_000, set };
