import { z } from "zod";
import { badFormat, entityNotFound, ItemErrors, missing, pageOf, RozetkaError } from "./envelope";
import { expandList, type Method, method, page, sortBy, whole } from "./method";
import type { Good, Market, RozetkaState } from "./state";

const listQuery = z.object({
  page,
  pageSize: whole.pipe(z.number().min(1).max(1_000)).default(100),
  sort: sortBy("price", "created_at", "name").optional(),
  rz_item_id: whole.optional(),
  price_offer_id: z.string().optional(),
  name: z.string().optional(),
  available: z.enum(["0", "1", "2"]).optional(),
  expand: expandList,
});
type ListQuery = z.output<typeof listQuery>;
const integer = z.number().int();
const updateItem = z.object({
  item_rz_id: integer.positive(),
  item_id: integer.optional(),
  price: integer.optional(),
  price_old: integer.optional(),
  price_promo: integer.optional(),
  stock_quantity: integer.optional(),
  max_cart_quantity: integer.optional(),
  min_cart_quantity: integer.optional(),
});
const updateBody = z.object({ isIgnoreCheck: z.union([z.literal(0), z.literal(1)]).default(0), items: z.array(z.unknown()).min(1) });

/** What counts as a leap that a manager has to confirm. */
const RAISED = 1.5;
const CUT = 2;

/** Goods: the tabs we know, one item, and the mass update of prices and stock. */
export function goodsMethods(state: RozetkaState): Method[] {
  const tab = (path: string, isIn: (good: Good) => boolean) =>
    method({ path, section: "goods", query: listQuery, answer: ({ market, query }) => list(market, query, isIn) });
  return [
    tab("/goods/all", () => true),
    tab("/goods/on-sale", (good) => good.status === 1 && good.sellStatus === 4),
    tab("/goods/not-available", (good) => good.stock === 0),
    tab("/goods/new", (good) => good.rzItemId === null),
    tab("/goods/prices", (good) => good.waitingPrice !== null),
    tab("/goods/archive", (good) => good.status === 7),
    method({
      path: "/goods/details",
      section: "goods",
      query: z.object({ rz_item_id: whole.optional(), item_id: whole.optional() }),
      answer: ({ market, query }) => {
        const good = market.goods.find(({ rzItemId, itemId }) => (query.rz_item_id === undefined ? itemId === query.item_id : rzItemId === query.rz_item_id));
        if (good === undefined) throw entityNotFound();
        return goodJson(state, good);
      },
    }),
    method({
      verb: "PUT",
      path: "/items/mass-update",
      section: "goods",
      body: updateBody,
      answer: ({ market, body }) => massUpdate(market, body),
    }),
  ];

  function list(market: Market, query: ListQuery, isIn: (good: Good) => boolean): unknown {
    const fitting = market.goods.filter(
      (good) =>
        isIn(good) &&
        (query.rz_item_id === undefined || good.rzItemId === query.rz_item_id) &&
        (query.price_offer_id === undefined || good.offerId === query.price_offer_id) &&
        (query.name === undefined || good.name.includes(query.name)),
    );
    const { page: shown, _meta } = pageOf([...fitting].reverse(), query.page, query.pageSize);
    return { count: fitting.length, items: shown.map((good) => goodJson(state, good)), _meta };
  }
}

/** Checks every item on its own; whether the good ones go through beside a bad one is a quirk. */
function massUpdate(market: Market, body: z.output<typeof updateBody>): null {
  const reasons = new Map<number, readonly string[]>();
  const todo: (() => void)[] = [];
  for (const raw of body.items) {
    const parsed = updateItem.safeParse(raw);
    if (!parsed.success) throw badFormat(`items.${parsed.error.issues[0]?.path.join(".") ?? ""}`);
    const item = parsed.data;
    if (item.price === undefined && item.stock_quantity === undefined) throw missing("price");
    const good = market.goods.find(({ rzItemId }) => rzItemId === item.item_rz_id);
    const problem = problemOf(good, item);
    if (good === undefined || problem !== undefined) reasons.set(item.item_rz_id, [problem ?? "Товар не знайдено"]);
    else todo.push(() => apply(good, item, body.isIgnoreCheck === 1));
  }
  if (reasons.size === 0 || market.quirks.appliesGoodItems) for (const run of todo) run();
  if (reasons.size > 0) throw new ItemErrors(reasons);
  return null;
}

function problemOf(good: Good | undefined, item: z.output<typeof updateItem>): string | undefined {
  if (good === undefined) return "Товар не знайдено";
  if (good.locked) throw new RozetkaError(3002, "error_entity_not_end_processed");
  if (item.price !== undefined && item.price <= 0) return "Некоректна ціна";
  if (item.price_old !== undefined && item.price_old !== -1 && item.price_old <= (item.price ?? good.price)) return "Стара ціна має бути більшою за поточну";
  if (item.stock_quantity !== undefined && item.stock_quantity < 0) return "Некоректний залишок";
  if (item.stock_quantity !== undefined && good.isFf) return "Залишок веде фулфілмент";
  return undefined;
}

function apply(good: Good, item: z.output<typeof updateItem>, isUnchecked: boolean): void {
  if (item.stock_quantity !== undefined) good.stock = item.stock_quantity;
  if (item.price === undefined) return;
  const isLeap = item.price > good.price * RAISED || item.price * CUT < good.price;
  if (isLeap && !isUnchecked) {
    good.waitingPrice = item.price;
    return;
  }
  good.waitingPrice = null;
  good.price = item.price;
  if (item.price_old !== undefined) good.priceOld = item.price_old === -1 ? null : item.price_old;
  if (item.price_promo !== undefined) good.pricePromo = item.price_promo === -1 ? null : item.price_promo;
}

function goodJson(state: RozetkaState, good: Good): unknown {
  const isOnSale = good.stock > 0 && good.status === 1;
  return {
    rz_item_id: good.rzItemId,
    price_offer_id: good.offerId,
    item_id: good.itemId,
    sync_source_id: 77,
    sync_source: { id: 77, availability: good.availability, is_virtual_source: good.availability === 4 ? 3 : 0, new_flow_old_price: 0 },
    sla_id: null,
    rz_group_id: null,
    name: good.name,
    name_ua: good.name,
    name_ru: good.name,
    url: good.rzItemId === null ? null : `https://rozetka.com.ua/ua/${good.rzItemId}/p${good.rzItemId}/`,
    article: good.offerId,
    price: good.price,
    price_old: good.priceOld,
    price_promo: good.pricePromo,
    updated_price: good.waitingPrice,
    commission_percent: 15,
    commission_sum: (good.price * 0.15).toFixed(2),
    photo_preview: [`${state.host.baseUrl()}/pictures/${good.itemId}.jpg`],
    photo: [],
    rz_status: good.status,
    rz_sell_status: isOnSale ? good.sellStatus : good.sellStatus === 4 ? 0 : good.sellStatus,
    available: isOnSale ? 1 : 0,
    available_title: isOnSale ? "В наявності" : "Немає в наявності",
    upload_status: 1,
    blocked_reason: [],
    change_status: 0,
    stock_quantity: good.stock,
    sold: 0,
    is_ff: good.isFf,
    max_cart_quantity: null,
    min_cart_quantity: null,
    created_at: "2026-01-10 10:00:00",
    state: 1,
    prices: good.waitingPrice === null ? [] : [{ item_id: good.itemId, price: good.waitingPrice, price_type: 2, reason: 1, reason_title: "Різка зміна ціни" }],
  };
}
