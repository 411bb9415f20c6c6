import type { OrderFacts, OrderState, OrdersPort, OrderTransition } from "../../contract/orders";
import { mayUse, readFacts } from "./facts";

/** What the two words of an assembly order mean, and what may be done to it. Pure. Words and names: OpenAPI of FBS, 2026-07-22. */

/** Words of the seller's side, by how far the order has come. */
const SELLER = {
  new: "Новое",
  confirm: "На сборке",
  complete: "В доставке",
  cancel: "Отменено продавцом",
  cancel_carrier: "Отменено перевозчиком",
} as const;

/** Words of the service's side, by how far the order has come. */
const SERVICE = {
  waiting: "в работе",
  accepted_by_carrier: "принято службой доставки",
  sent_to_carrier: "на складе службы доставки",
  sorted: "отсортировано",
  ready_for_pickup: "прибыло на ПВЗ",
  postponed_delivery: "доставка отложена",
  sold: "получено покупателем",
  canceled: "отмена",
  declined_by_client: "отмена покупателем в первый час",
  canceled_by_client: "отказ покупателя при получении",
  canceled_by_carrier: "отмена перевозчиком",
  defect: "отмена из-за брака",
} as const;

type Seller = keyof typeof SELLER;
type Service = keyof typeof SERVICE;
const SELLER_WORDS = Object.keys(SELLER) as Seller[];
const SERVICE_WORDS = Object.keys(SERVICE) as Service[];
const isSeller = (word: string): word is Seller => Object.hasOwn(SELLER, word);
const isService = (word: string): word is Service => Object.hasOwn(SERVICE, word);

/** Orders from the service's own warehouses are known from the statistics, which tells this much of them. */
export const FBO_STATES = { ordered: "fbo/ordered", cancelled: "fbo/cancelled" } as const;

/** Both words in one, as `OrderFacts.remoteState` has them. */
export function remoteStateOf(supplierStatus: string, wbStatus: string): string {
  return `${supplierStatus || "?"}/${wbStatus || "?"}`;
}

function wordsOf(remoteState: string): readonly [seller: string, service: string] {
  const [seller = "", service = ""] = remoteState.split("/");
  return [seller, service];
}

const SETTLED: Readonly<Partial<Record<Service, OrderState>>> = {
  sold: "delivered",
  canceled: "cancelled",
  declined_by_client: "cancelled",
  canceled_by_carrier: "cancelled",
  defect: "cancelled",
};
const ON_ITS_WAY: readonly Service[] = ["sorted", "ready_for_pickup", "postponed_delivery", "accepted_by_carrier", "sent_to_carrier"];
const BY_SELLER: Readonly<Record<Seller, OrderState>> = {
  new: "new",
  confirm: "confirmed",
  complete: "shipped",
  cancel: "cancelled",
  cancel_carrier: "cancelled",
};

export function stateOf(remoteState: string): OrderState {
  if (remoteState === FBO_STATES.ordered) return "confirmed";
  if (remoteState === FBO_STATES.cancelled) return "cancelled";
  const [seller, service] = wordsOf(remoteState);
  if (!isSeller(seller) || !isService(service)) return "unknown";
  if (seller === "cancel" || seller === "cancel_carrier") return "cancelled";
  // Refused over the counter, so it had been under way: the goods come back.
  if (service === "canceled_by_client") return seller === "complete" ? "returned" : "cancelled";
  if (ON_ITS_WAY.includes(service)) return "shipped";
  return SETTLED[service] ?? BY_SELLER[seller];
}

export function stateNameOf(remoteState: string): string | undefined {
  if (remoteState === FBO_STATES.ordered) return "Заказ со склада Wildberries";
  if (remoteState === FBO_STATES.cancelled) return "Отменённый заказ со склада Wildberries";
  const [seller, service] = wordsOf(remoteState);
  if (!isSeller(seller) || !isService(service)) return undefined;
  return service === "waiting" ? SELLER[seller] : `${SELLER[seller]}, ${SERVICE[service]}`;
}

/**
 * How far an order has come, for `versionAt`: the service tells no time of a change, and the words only ever go on. A word nobody
 * knows stands where the last known one leads.
 */
export function stageOf(remoteState: string): number {
  const [seller, service] = wordsOf(remoteState);
  const place = (words: readonly string[], word: string, unknown: number) => (words.includes(word) ? words.indexOf(word) : unknown);
  return place(SELLER_WORDS, seller, SELLER_WORDS.indexOf("complete")) * 20 + place(SERVICE_WORDS, service, SERVICE_WORDS.indexOf("postponed_delivery"));
}

/** Every pair that can come to be. */
export const states: OrdersPort["states"] = [
  ...SELLER_WORDS.flatMap((seller) => SERVICE_WORDS.filter((service) => canBe(seller, service)).map((service) => remoteStateOf(seller, service))),
  ...Object.values(FBO_STATES),
].map((remote) => ({ remote, name: stateNameOf(remote) ?? remote, state: stateOf(remote) }));

function canBe(seller: Seller, service: Service): boolean {
  if (seller === "complete") return true;
  const ends: readonly Service[] = ["waiting", "canceled", "declined_by_client", "canceled_by_client", "canceled_by_carrier", "defect"];
  return ends.includes(service);
}

const SUPPLY = { name: "supply", required: false } as const;

/** Stickers, marking codes and the way a supply is handed over are the cabinet's; what is left is packing, handing over and giving up. */
export function transitions(order: OrderFacts, facts: Readonly<Record<string, unknown>>): readonly OrderTransition[] {
  if (order.fulfilment !== "fbs" || readFacts(facts).isReadOnly === true || !mayUse(facts, "marketplace")) return [];
  const [seller, service] = wordsOf(order.remoteState);
  if (service !== "waiting") return [];
  const cancel: OrderTransition = { id: "cancel", action: "cancel", to: "cancelled", fields: [] };
  const mayCancel = order.remoteContext["isCancellable"] === "true" ? [cancel] : [];
  if (seller === "new") return [{ id: "confirm", action: "confirm", to: "confirmed", fields: [SUPPLY] }, ...mayCancel];
  const supplyId = order.remoteContext["supplyId"];
  if (seller !== "confirm" || supplyId === undefined) return seller === "confirm" ? mayCancel : [];
  // A supply is handed over as a whole: who means a shared one has to name it.
  return [{ id: "ship", action: "ship", to: "shipped", fields: [{ ...SUPPLY, options: [{ value: supplyId, label: supplyId }] }] }, ...mayCancel];
}
