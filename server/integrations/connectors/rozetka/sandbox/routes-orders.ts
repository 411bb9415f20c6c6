import { z } from "zod";
import { entityNotFound, incorrect, missing, pageOf } from "./envelope";
import { setStatus } from "./happenings";
import { stamp } from "./kyiv";
import { expandList, type Method, method, moment, number, page, sortBy, whole } from "./method";
import { type Market, money, type Order, type Purchase, type RozetkaState } from "./state";
import { availableJson, groupOf, statusJson, transitionsFrom } from "./statuses";

const PER_PAGE = 20;
const DONE = [6, 68, 87];
const searchQuery = z.object({
  page,
  sort: sortBy("id", "created", "changed").default("-id"),
  expand: expandList,
  id: whole.optional(),
  status: whole.optional(),
  created_from: moment.optional(),
  created_to: moment.optional(),
  changed_from: moment.optional(),
  changed_to: moment.optional(),
  status_updated_from: moment.optional(),
  status_updated_to: moment.optional(),
  ttn: z.string().optional(),
  type: z.enum(["1", "2", "3"]).optional(),
  types: z.enum(["1", "2", "3", "4", "5", "6"]).optional(),
});
const changeBody = z.object({
  status: number,
  ttn: z
    .string()
    .regex(/^[\p{L}\d-]{0,60}$/u)
    .optional(),
  seller_comment: z.string().max(2_000).optional(),
  duplicate_order_id: number.optional(),
});
const emptyList = { orders: [], _meta: pageOf([], 1, PER_PAGE)._meta };

/** Orders: search, one, change of status. */
export function orderMethods(state: RozetkaState): Method[] {
  return [
    method({
      path: "/orders/search",
      section: "orders",
      query: searchQuery,
      whenWrong: emptyList,
      answer: ({ market, query }) => {
        const fitting = sorted(
          [...market.orders.values()].filter((order) => fits(order, query)),
          query.sort,
        );
        const { page: shown, _meta } = pageOf(fitting, query.page, PER_PAGE);
        const total = fitting.reduce((sum, order) => sum + sumOf(order, "unitMinor"), 0);
        const less = fitting.reduce((sum, order) => sum + sumOf(order, "discountedMinor"), 0);
        const totalFields = { amount: money(total), amount_with_discount: money(less), cost: money(total), cost_with_discount: money(less) };
        return { orders: shown.map((order) => orderJson(market, order, query.expand)), _meta, totalFields };
      },
    }),
    method({
      path: "/orders/counts-new",
      section: "orders",
      answer: ({ market }) => {
        const count = (group: number) => [...market.orders.values()].filter((order) => groupOf(order.status) === group).length;
        const fresh = [...market.orders.values()].filter((order) => order.status === 1).length;
        return { inProgress: count(1), inDone: count(2), inNotDone: count(3), new: fresh, delivering: 0, unwatched: fresh, all: market.orders.size };
      },
    }),
    method({
      path: "/orders/{id}",
      section: "orders",
      query: z.object({ expand: expandList }),
      answer: ({ market, id, query }) => orderJson(market, orderOf(market, id), query.expand),
    }),
    method({
      verb: "PUT",
      path: "/orders/{id}",
      section: "orders",
      permission: "order_edit",
      query: z.object({ expand: expandList }),
      body: changeBody,
      answer: ({ market, id, body, query }) => {
        const order = orderOf(market, id);
        change(state, order, body);
        return orderJson(market, order, query.expand);
      },
    }),
  ];
}

export function orderOf(market: Market, id: number): Order {
  const order = market.orders.get(id);
  if (order === undefined) throw entityNotFound();
  return order;
}

/** Only what `status_available` lists; 3 and 61 want a waybill, 49 the other order. 2 with a waybill goes on to 61 by itself. */
function change(state: RozetkaState, order: Order, body: z.output<typeof changeBody>): void {
  const { status, ttn = "" } = body;
  if (!order.mayChange || !transitionsFrom(order.status, order.delivery).includes(status)) throw incorrect(`status ${status} is not available`);
  if ((status === 3 || status === 61) && ttn === "") throw missing("ttn");
  if (status === 49 && body.duplicate_order_id === undefined) throw missing("duplicate_order_id");
  const atMs = state.host.clock.nowMs();
  setStatus(order, status, atMs);
  if (ttn !== "") order.ttn = ttn;
  if (status === 2 && ttn !== "") setStatus(order, 61, atMs);
  if (body.seller_comment !== undefined && body.seller_comment !== "") order.sellerComments.push({ comment: body.seller_comment, atMs });
  order.apiChanges += 1;
}

function inside(at: number, from: number | undefined, to: number | undefined): boolean {
  const second = Math.floor(at / 1_000) * 1_000;
  return (from === undefined || second >= from) && (to === undefined || second <= to);
}

function fits(order: Order, query: z.output<typeof searchQuery>): boolean {
  const group = groupOf(order.status);
  const wanted = query.types ?? (query.type === undefined ? "1" : { "1": "2", "2": "3", "3": "6" }[query.type]);
  const grouped = {
    "1": true,
    "2": group === 1,
    "3": DONE.includes(order.status),
    "4": order.status === 1,
    "5": [3, 4, 5].includes(order.status),
    "6": group === 3,
  };
  const last = order.history.at(-1)?.atMs ?? order.createdMs;
  return (
    (query.id === undefined || query.id === order.id) &&
    (query.status === undefined || query.status === order.status) &&
    inside(order.createdMs, query.created_from, query.created_to) &&
    inside(order.changedMs, query.changed_from, query.changed_to) &&
    inside(last, query.status_updated_from, query.status_updated_to) &&
    hasWaybill(order, query.ttn) &&
    grouped[wanted as keyof typeof grouped]
  );
}

function hasWaybill({ ttn }: Order, wanted: string | undefined): boolean {
  if (wanted === undefined) return true;
  if (wanted === "0" || wanted === "1") return (ttn !== "") === (wanted === "1");
  return wanted.length >= 4 && ttn.includes(wanted);
}

function sorted(orders: Order[], sort: string): Order[] {
  const key = (order: Order) => (sort.endsWith("changed") ? order.changedMs : sort.endsWith("created") ? order.createdMs : order.id);
  return orders.sort((left, right) => (key(left) - key(right)) * (sort.startsWith("-") ? -1 : 1));
}

const sumOf = (order: Order, field: "unitMinor" | "discountedMinor") =>
  order.purchases.reduce((sum, purchase) => sum + (purchase.status === 0 ? 0 : purchase[field] * purchase.quantity), 0);

function orderJson(market: Market, order: Order, expand: ReadonlySet<string>): Readonly<Record<string, unknown>> {
  const [amount, less] = [money(sumOf(order, "unitMinor")), money(sumOf(order, "discountedMinor"))];
  const last = order.sellerComments.at(-1);
  const names = order.buyer.name.split(" ");
  const base = {
    id: order.id,
    market_id: market.id,
    created: stamp(order.createdMs),
    changed: stamp(order.changedMs),
    amount,
    amount_with_discount: less,
    cost: amount,
    cost_with_discount: less,
    status: order.status,
    status_group: groupOf(order.status),
    items_photos: order.purchases.map(({ rzItemId, name }) => ({ id: rzItemId, url: "", item_name: name, item_url: itemUrl(rzItemId), item_price: "" })),
    seller_comment: order.sellerComments.map(({ comment, atMs }) => ({ comment, created: stamp(atMs) })),
    seller_comment_created: last === undefined ? "" : stamp(last.atMs),
    current_seller_comment: last?.comment ?? "",
    comment: order.comment,
    user_phone: order.buyer.phone,
    user_title: { first_name: names[1] ?? "", last_name: names[0] ?? "", second_name: "", full_name: order.buyer.name },
    user_rating: null,
    from_warehouse: 0,
    ttn: order.ttn,
    total_quantity: order.purchases.reduce((sum, { quantity }) => sum + quantity, 0),
    can_copy: false,
    created_type: 4,
    is_viewed: order.status !== 1,
    callback_off: 0,
    is_fulfillment: order.isFulfilment,
    duplicate_order_id: null,
    refund_status: null,
  };
  const wanted = Object.entries(extras(order)).filter(([name]) => expand.has(name));
  return { ...base, ...Object.fromEntries(wanted.map(([name, make]) => [name, make()])) };
}

function extras(order: Order): Readonly<Record<string, () => unknown>> {
  const next = order.mayChange ? transitionsFrom(order.status, order.delivery) : [];
  return {
    user: () => ({ id: order.buyer.id, has_email: true, contact_fio: order.buyer.name, email: "true" }),
    delivery: () => deliveryJson(order),
    purchases: () => order.purchases.map(purchaseJson),
    status_data: () => statusJson(order.status),
    status_available: () => next.map((child) => availableJson(order.status, child, order.delivery)),
    order_status_history: () => order.history.map(({ status, atMs }) => ({ status_id: status, created: stamp(atMs), status: statusJson(status) })),
    is_access_change_order: () => order.mayChange,
    payment_type: () => order.paymentType,
    payment_type_name: () => (order.paymentType === "cash" ? "Оплата під час отримання товару" : "Оплата карткою онлайн"),
    status_payment: () => ({
      order_id: order.id,
      status_payment_id: order.paymentStatus,
      name: order.paymentStatus === 2 ? "paid" : "unpaid",
      title: "",
      value: 1,
    }),
  };
}

function deliveryJson(order: Order): unknown {
  const isOwn = order.delivery === 1;
  return {
    delivery_service_id: isOwn ? 1234 : 5,
    delivery_service_name: isOwn ? "Доставка продавця" : "Нова Пошта",
    recipient_title: order.buyer.name,
    recipient_phone: order.buyer.phone,
    another_recipient: false,
    delivery_method_id: isOwn ? 2 : 1,
    place_id: 35_000 + order.branch,
    place_street: isOwn ? "вул. Хрещатик" : "",
    place_number: isOwn ? null : String(order.branch),
    place_house: isOwn ? String(order.branch) : "",
    place_flat: "",
    cost: "0.00",
    city: { id: 1, uuid: "", name: order.city, name_ua: order.city, title: order.city, status: 1 },
    ref_id: isOwn ? null : "9e9c238c-5878-11e9-a703-005056b24375",
    name_logo: isOwn ? "seller" : "nova-pochta",
    reserve_date: null,
  };
}

const itemUrl = (rzItemId: number) => `https://rozetka.com.ua/ua/${rzItemId}/p${rzItemId}/`;

function purchaseJson(purchase: Purchase): unknown {
  return {
    id: purchase.id,
    cost: money(purchase.unitMinor * purchase.quantity),
    cost_with_discount: money(purchase.discountedMinor * purchase.quantity),
    price: money(purchase.unitMinor),
    price_with_discount: money(purchase.discountedMinor),
    quantity: purchase.quantity,
    item_id: purchase.rzItemId,
    item_name: purchase.name,
    kit_id: 0,
    status: purchase.status,
    item: {
      id: purchase.rzItemId,
      name: purchase.name,
      name_ua: purchase.name,
      article: purchase.offerId,
      price_offer_id: purchase.offerId,
      price: money(purchase.unitMinor),
      catalog_category: { id: 4_326_663, name: "Дім", parent_id: 4_326_572 },
      catalog_id: 4_326_663,
      group_id: null,
      photo_preview: "",
      photo: [],
      url: itemUrl(purchase.rzItemId),
      sold: 0,
      uploader_offer_id: purchase.offerId,
      uploader_status: null,
    },
    conf_details: null,
    ttn: null,
    order_status: null,
    is_additional_item: false,
  };
}
