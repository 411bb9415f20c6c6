import { z } from "zod";
import { ConnectorError } from "../../../contract/errors";
import type { CatalogPort, ConnectorContext, Cursor, PullPage, PullWarning } from "../../../contract/ports";
import type { ExternalProduct } from "../../../contract/records";
import { wildberriesClient } from "../client";
import { mayUse, readFacts } from "../facts";
import { type Offers, toListings } from "../listings";
import type { RemoteCard } from "../schemas";
import { type WildberriesTradeClient, wildberriesTradeClient } from "../trade-client";
import type { RemotePrice } from "../trade-schemas";
import { chooseWarehouse } from "../warehouse";

const LIMIT = 100;
const SIZES = 1_000;
const cursorSchema = z.object({
  updatedAt: z.string(),
  nmId: z.string().regex(/^\d+$/),
  done: z.number().int().nonnegative(),
  /** Found out with the first page. */
  warehouseId: z.string().optional(),
});

function readCursor(cursor: Cursor | undefined): z.output<typeof cursorSchema> | undefined {
  if (cursor === undefined) return undefined;
  const parsed = cursorSchema.safeParse(cursor);
  if (!parsed.success) throw new ConnectorError("invalid", "remote.cursor", { cause: parsed.error });
  return parsed.data;
}

/** Cards by the moment they were last changed, oldest first; a card changed meanwhile comes again at the end. Prices and stock are asked for page by page. */
async function pull(context: ConnectorContext, input: { readonly cursor?: Cursor | undefined }): Promise<PullPage<ExternalProduct>> {
  const after = readCursor(input.cursor);
  const page = await wildberriesClient(context).cards({ limit: LIMIT, ...(after === undefined ? {} : { after }) });
  const warnings: PullWarning[] = [];
  const offers = await offersOf(context, page.cards, after, warnings);
  const records = page.cards.flatMap((card) => toListings(card, offers));
  const done = (after?.done ?? 0) + records.length;
  const { updatedAt, nmID, total } = page.cursor;
  // "Stop when total is below the limit"; an unchanged cursor would read the same page for ever.
  const goesOn = total >= LIMIT && updatedAt !== undefined && nmID !== undefined && !(updatedAt === after?.updatedAt && nmID === after.nmId);
  return {
    records,
    rejected: [],
    received: records.length,
    ...(warnings.length === 0 ? {} : { warnings }),
    ...(goesOn ? { next: { updatedAt, nmId: nmID, done, ...(offers.warehouseId === undefined ? {} : { warehouseId: offers.warehouseId }) } } : {}),
    progress: { done },
  };
}

async function offersOf(
  context: ConnectorContext,
  cards: readonly RemoteCard[],
  after: { readonly warehouseId?: string | undefined } | undefined,
  warnings: PullWarning[],
): Promise<Offers> {
  if (cards.length === 0) return {};
  const client = wildberriesTradeClient(context);
  const isFirst = after === undefined;
  const warn = (code: string) => {
    if (isFirst) warnings.push({ code });
    return undefined;
  };
  const prices = await pricesOf(context, client, cards, warn);
  const warehouseId = isFirst ? await warehouseOf(context, client, warn) : after.warehouseId;
  const chrtIds = cards.flatMap((card) => card.sizes.map((size) => size.chrtID));
  return {
    prices: prices === undefined ? undefined : new Map(prices.map((price) => [price.nmID, price])),
    stock: warehouseId === undefined ? undefined : await stockOf(client, warehouseId, chrtIds),
    warehouseId,
  };
}

/** A base token may ask for prices four times an hour: a catalogue of some pages would take a day. */
async function pricesOf(
  context: ConnectorContext,
  client: WildberriesTradeClient,
  cards: readonly RemoteCard[],
  warn: (code: string) => undefined,
): Promise<readonly RemotePrice[] | undefined> {
  if (readFacts(context.facts).tokenType === "base") return warn("wildberries.base_token_prices");
  if (!mayUse(context.facts, "prices")) return warn("wildberries.prices_missing");
  return unlessForbidden(
    () => client.prices(cards.map((card) => card.nmID)),
    () => warn("wildberries.prices_missing"),
  );
}

async function warehouseOf(context: ConnectorContext, client: WildberriesTradeClient, warn: (code: string) => undefined): Promise<string | undefined> {
  if (!mayUse(context.facts, "marketplace")) return warn("wildberries.stock_missing");
  const warehouses = await unlessForbidden(
    () => client.warehouses(),
    () => warn("wildberries.stock_missing"),
  );
  if (warehouses === undefined) return undefined;
  const chosen = chooseWarehouse(warehouses, context.credentials["warehouseId"] ?? "");
  return "id" in chosen ? chosen.id : warn(chosen.code);
}

async function stockOf(client: WildberriesTradeClient, warehouseId: string, chrtIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  for (let at = 0; at < chrtIds.length; at += SIZES)
    for (const { chrtId, amount } of await client.stocks(warehouseId, chrtIds.slice(at, at + SIZES))) found.set(chrtId, amount);
  return found;
}

/** Cards are worth having without what the token may not see. */
async function unlessForbidden<T>(work: () => Promise<T>, otherwise: () => undefined): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ConnectorError && error.kind === "forbidden") return otherwise();
    throw error;
  }
}

export const wildberriesCatalog: CatalogPort = { pull };
