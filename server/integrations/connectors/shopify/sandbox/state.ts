import type { SimulatorHost } from "@/sandbox/kit";
import type { Random } from "@/sandbox/kit/random";

/** The world of the simulator: plain data, so that it can be kept as it is. Amounts are minor units of the shop's currency. */
export interface Product {
  id: number;
  title: string;
  handle: string;
  vendor: string;
  status: "ACTIVE" | "ARCHIVED" | "DRAFT" | "UNLISTED";
  createdAtMs: number;
  updatedAtMs: number;
}

export interface Level {
  locationId: number;
  available: number;
  committed: number;
}

export interface Variant {
  id: number;
  productId: number;
  itemId: number;
  title: string;
  sku: string;
  barcode: string | null;
  priceMinor: number;
  compareAtMinor: number | null;
  tracked: boolean;
  levels: Level[];
  updatedAtMs: number;
}

export interface Line {
  id: number;
  variantId: number;
  title: string;
  variantTitle: string | null;
  sku: string;
  quantity: number;
  /** Refunded or removed. */
  gone: number;
  priceMinor: number;
  /** Of the whole line. */
  discountMinor: number;
}

export interface FulfilmentOrder {
  id: number;
  locationId: number;
  status: "OPEN" | "IN_PROGRESS" | "SCHEDULED" | "ON_HOLD" | "INCOMPLETE" | "CLOSED" | "CANCELLED";
  lines: { id: number; lineId: number; total: number; remaining: number }[];
}

export interface Tracking {
  company: string | null;
  number: string | null;
  url: string | null;
}

export interface Fulfilment {
  id: number;
  status: "SUCCESS" | "CANCELLED";
  displayStatus: "FULFILLED" | "IN_TRANSIT" | "DELIVERED";
  createdAtMs: number;
  deliveredAtMs: number | null;
  tracking: Tracking | null;
}

export interface Transaction {
  id: number;
  kind: "SALE" | "REFUND" | "VOID";
  status: "SUCCESS" | "PENDING" | "FAILURE";
  gateway: string;
  atMs: number;
  amountMinor: number;
  feeMinor: number;
}

export interface Refund {
  id: number;
  atMs: number;
  lines: { id: number; lineId: number; quantity: number; subtotalMinor: number }[];
  /** Paid back without goods. */
  extraMinor: number;
}

export interface Buyer {
  id: number;
  firstName: string;
  lastName: string;
  email: string;
  phone: string;
  city: string;
  street: string;
  zip: string;
}

export interface Order {
  id: number;
  number: number;
  createdAtMs: number;
  updatedAtMs: number;
  cancelledAtMs: number | null;
  cancelReason: string | null;
  note: string | null;
  staffNote: string | null;
  buyer: Buyer;
  shipping: { title: string; priceMinor: number };
  lines: Line[];
  fulfilmentOrders: FulfilmentOrder[];
  fulfilments: Fulfilment[];
  transactions: Transaction[];
  refunds: Refund[];
  test: boolean;
  /** Changes carried out through the API. */
  changes: number;
}

export interface Subscription {
  id: number;
  topic: string;
  uri: string;
  filter: string | null;
  createdAtMs: number;
  failures: number;
}

export interface BulkOperation {
  id: number;
  query: string;
  status: "CREATED" | "RUNNING" | "COMPLETED" | "FAILED" | "CANCELED";
  errorCode: "ACCESS_DENIED" | "INTERNAL_SERVER_ERROR" | "TIMEOUT" | null;
  grouped: boolean;
  createdAtMs: number;
  completedAtMs: number | null;
  objectCount: number;
  rootObjectCount: number;
  /** JSONL; empty = nothing found, no file. */
  result: string;
}

export interface Shop {
  id: number;
  domain: string;
  name: string;
  currency: string;
  timeZone: string;
  plan: string;
  restoreRate: number;
  clientId: string;
  clientSecret: string;
  /** Of an old custom app; never expires. */
  accessToken: string;
  scopes: string[];
  installed: boolean;
  tokens: Record<string, { expiresAtMs: number }>;
  locations: { id: number; name: string }[];
  products: Product[];
  variants: Variant[];
  orders: Order[];
  subscriptions: Subscription[];
  operations: BulkOperation[];
  /** Idempotent mutations by key. */
  idempotent: Record<string, { fingerprint: string; answer: unknown }>;
}

export interface Settings {
  /** 0 = no cost limits. */
  limits: 0 | 1;
  /** How long a bulk operation takes. */
  bulkMs: number;
}

export interface ShopifyState {
  host: SimulatorHost;
  random: Random;
  shops: Record<string, Shop>;
  settings: Settings;
  lastId: number;
  onApiUse(): void;
  /** Something happened that webhooks tell. */
  onEvent(shop: Shop, topic: string, payload: unknown): void;
}

export function nextId(state: ShopifyState): number {
  state.lastId += 1;
  return state.lastId;
}

export const gid = (type: string, id: number) => `gid://shopify/${type}/${id}`;

/** The number in a gid of this type, or NaN. */
export function idOf(type: string, value: string): number {
  const match = new RegExp(`^gid://shopify/${type}/(\\d+)$`).exec(value);
  return match === null ? Number.NaN : Number(match[1]);
}

/** Throws a sentence for the control desk when there is none. */
export function shopNamed(state: ShopifyState, domain: string | undefined): Shop {
  const shop = domain === undefined ? Object.values(state.shops)[0] : state.shops[domain];
  if (shop === undefined) throw new Error(`There is no shop "${domain ?? ""}".`);
  return shop;
}

export function orderNamed(shop: Shop, id: string): Order {
  const order = shop.orders.find((candidate) => gid("Order", candidate.id) === id);
  if (order === undefined) throw new Error(`There is no order "${id}".`);
  return order;
}

export function variantNamed(shop: Shop, id: number): Variant {
  const variant = shop.variants.find((candidate) => candidate.id === id);
  if (variant === undefined) throw new Error(`There is no variant ${id}.`);
  return variant;
}

export const decimal = (minor: number) => `${minor < 0 ? "-" : ""}${Math.trunc(Math.abs(minor) / 100)}.${String(Math.abs(minor) % 100).padStart(2, "0")}`;
export const iso = (ms: number) => new Date(ms).toISOString().replace(/\.\d{3}Z$/, "Z");
