import { z } from "zod";
import { parseMinor } from "@/lib/money";
import { ConnectorError } from "../../../contract/errors";
import type { ListingRef, OfferOutcome, OffersPort, OfferWriter, PriceChange, StockChange } from "../../../contract/offers";
import type { ConnectorContext } from "../../../contract/ports";
import { type ItemUpdate, openRozetka, type RozetkaClient } from "../client";
import { CURRENCY } from "../mapper";
import { goodSchema } from "../schemas-goods";

/** The largest batch is documented nowhere [I]. */
const MAX_BATCH = 100;
const TAB_PAGE = 100;
const MOST_TAB_PAGES = 20;
const HRYVNIA = 100n;
/** What takes a crossed-out price away. */
const NONE = -1n;

type Rejected = Extract<OfferOutcome, { readonly state: "rejected" }>;
interface Line {
  readonly listing: ListingRef;
  readonly update: ItemUpdate;
}

const rejected = (listing: ListingRef, code: string, text?: string): Rejected => ({ externalId: listing.externalId, state: "rejected", code, text });

function rzItemId(listing: ListingRef): string | undefined {
  const id = listing.remoteContext["rzItemId"] ?? listing.sku;
  return id !== undefined && /^\d{1,20}$/.test(id) ? id : undefined;
}

function stockLine({ listing, quantity }: StockChange): Line | Rejected {
  const id = rzItemId(listing);
  if (id === undefined) return rejected(listing, "rozetka.not_published");
  if (listing.remoteContext["fulfilment"] !== undefined) return rejected(listing, "rozetka.stock_at_rozetka");
  if (!Number.isInteger(quantity) || quantity < 0) return rejected(listing, "rozetka.quantity");
  return { listing, update: { rzItemId: id, stock_quantity: quantity } };
}

/** Prices of goods are whole hryvnias. */
function priceLine({ listing, priceMinor, oldPriceMinor, currency }: PriceChange): Line | Rejected {
  const id = rzItemId(listing);
  if (id === undefined) return rejected(listing, "rozetka.not_published");
  if (currency !== CURRENCY) return rejected(listing, "rozetka.currency");
  if (priceMinor <= 0n || priceMinor % HRYVNIA !== 0n || (oldPriceMinor ?? 0n) % HRYVNIA !== 0n) return rejected(listing, "rozetka.price_whole");
  return { listing, update: { rzItemId: id, price: priceMinor / HRYVNIA, price_old: oldPriceMinor === null ? NONE : oldPriceMinor / HRYVNIA } };
}

/**
 * Sends the lines; those the service complains about are taken out and the rest is said again: whether a complaint about one held
 * up the others is not documented, and absolute values may be repeated.
 */
async function sendLines(client: RozetkaClient, lines: readonly Line[]): Promise<ReadonlyMap<Line, string>> {
  const refused = new Map<Line, string>();
  let left = lines;
  while (left.length > 0) {
    const complaints = await client.massUpdate(left.map((line) => line.update));
    if (complaints.size === 0) return refused;
    const bad = left.filter((line) => complaints.has(line.update.rzItemId) || complaints.has(line.listing.externalId));
    if (bad.length === 0) throw new ConnectorError("malformed", "rozetka.update_unclear", { remoteText: [...complaints].join("; ").slice(0, 500) });
    for (const line of bad) refused.set(line, complaints.get(line.update.rzItemId) ?? complaints.get(line.listing.externalId) ?? "");
    left = left.filter((line) => !refused.has(line));
  }
  return refused;
}

type Accepted = (client: RozetkaClient, lines: readonly Line[]) => Promise<ReadonlyMap<string, OfferOutcome>>;

function writer<C>(toLine: (change: C) => Line | Rejected, later: Accepted): OfferWriter<C> {
  return {
    maxBatch: MAX_BATCH,
    async set(context, changes) {
      const planned = changes.map(toLine);
      const lines = planned.filter((entry): entry is Line => "update" in entry);
      const client = openRozetka(context);
      const refused = await sendLines(client, lines);
      const taken = lines.filter((line) => !refused.has(line));
      const waiting = taken.length === 0 ? new Map<string, OfferOutcome>() : await later(client, taken);
      return planned.map((entry): OfferOutcome => {
        if (!("update" in entry)) return entry;
        const text = refused.get(entry);
        if (text !== undefined) return rejected(entry.listing, "rozetka.line_refused", text.slice(0, 500));
        return waiting.get(entry.listing.externalId) ?? { externalId: entry.listing.externalId, state: "acknowledged" };
      });
    },
  };
}

const trackingSchema = z.object({ externalId: z.string(), rzItemId: z.string().regex(/^\d+$/), price: z.string().regex(/^\d+$/) });

/** A price raised by more than a half or cut by more than half waits for a manager: the tab "prices" lists such items. */
async function waitingPrices(client: RozetkaClient): Promise<ReadonlySet<string>> {
  const waiting = new Set<string>();
  for (let page = 1; page <= MOST_TAB_PAGES; page += 1) {
    const tab = await client.goodsPrices({ page, pageSize: TAB_PAGE });
    for (const raw of tab.items) {
      const good = goodSchema.safeParse(raw);
      if (good.success && good.data.rz_item_id !== undefined) waiting.add(good.data.rz_item_id);
    }
    if (page >= tab._meta.pageCount) return waiting;
  }
  return waiting;
}

async function pendingPrices(client: RozetkaClient, lines: readonly Line[]): Promise<ReadonlyMap<string, OfferOutcome>> {
  const waiting = await waitingPrices(client);
  return new Map(
    lines
      .filter(({ update }) => waiting.has(update.rzItemId))
      .map(({ listing: { externalId }, update }) => {
        const tracking = JSON.stringify({ externalId, rzItemId: update.rzItemId, price: String(update.price) });
        return [externalId, { externalId, state: "pending", tracking }] as const;
      }),
  );
}

/** Decided for when it has left the tab: the item then has the price, or has not. */
async function check(context: ConnectorContext, _kind: "stock" | "price", tracking: string): Promise<readonly OfferOutcome[]> {
  const { externalId, rzItemId: id, price } = readTracking(tracking);
  const client = openRozetka(context);
  if ((await waitingPrices(client)).has(id)) return [{ externalId, state: "pending", tracking }];
  const good = goodSchema.safeParse(await client.goodsDetails(id));
  if (!good.success) throw new ConnectorError("malformed", undefined, { cause: good.error });
  const has = good.data.price !== undefined && parseMinor(good.data.price, CURRENCY) === BigInt(price) * HRYVNIA;
  return [has ? { externalId, state: "acknowledged" } : { externalId, state: "rejected", code: "rozetka.price_declined" }];
}

function readTracking(tracking: string): z.output<typeof trackingSchema> {
  try {
    return trackingSchema.parse(JSON.parse(tracking));
  } catch (cause) {
    throw new ConnectorError("invalid", "rozetka.tracking", { cause });
  }
}

const atOnce: Accepted = async () => new Map();

export const rozetkaOffers: OffersPort = { stock: writer(stockLine, atOnce), price: writer(priceLine, pendingPrices), check };
