import type { LimitGroup } from "../../contract/http";

export const HEPSIBURADA_BASE_URL = "https://oms-external.hepsiburada.com";

/** First labels of the domains; the test environment (SIT) adds `-sit` to each. */
const NAMES = ["oms-external", "listing-external", "mpop", "mpfinance-external", "api-asktoseller-merchant"] as const;
export type Host = (typeof NAMES)[number];

const addresses = (suffix: string): Readonly<Record<Host, string>> =>
  Object.fromEntries(NAMES.map((name) => [name, `https://${name}${suffix}.hepsiburada.com`])) as Record<Host, string>;

export const HOSTS = addresses("");

export function hostsOf(credentials: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return addresses(credentials["environment"] === "sit" ? "-sit" : "");
}

type Group = "oms" | "listing" | "uploads" | "mpop" | "finance" | "questions";

export interface Endpoint {
  readonly method: "GET" | "POST";
  readonly host: Host;
  /** `{m}` is the merchant's id, others are named by the call. Listing and OMS take `merchantid` in lower case only [M]. */
  readonly path: string;
  readonly group: Group;
}

const oms = (method: Endpoint["method"], path: string): Endpoint => ({ method, host: "oms-external", path, group: "oms" });
const ask = (method: Endpoint["method"], path: string): Endpoint => ({ method, host: "api-asktoseller-merchant", path, group: "questions" });

/** Every remote operation this connector calls. */
export const ENDPOINTS = {
  openLines: oms("GET", "/orders/merchantid/{m}"),
  cancelledLines: oms("GET", "/orders/merchantid/{m}/cancelled"),
  order: oms("GET", "/orders/merchantid/{m}/ordernumber/{order}"),
  packages: oms("GET", "/packages/merchantid/{m}"),
  shipped: oms("GET", "/packages/merchantid/{m}/shipped"),
  delivered: oms("GET", "/packages/merchantid/{m}/delivered"),
  undelivered: oms("GET", "/packages/merchantid/{m}/undelivered"),
  createPackage: oms("POST", "/packages/merchantid/{m}"),
  unpack: oms("POST", "/packages/merchantid/{m}/packagenumber/{package}/unpack"),
  inTransit: oms("POST", "/packages/merchantid/{m}/packagenumber/{package}/intransit"),
  deliver: oms("POST", "/packages/merchantid/{m}/packagenumber/{package}/deliver"),
  undeliver: oms("POST", "/packages/merchantid/{m}/packagenumber/{package}/undeliver"),
  cancelLine: oms("POST", "/lineitems/merchantid/{m}/id/{line}/cancelbymerchant"),
  claims: oms("GET", "/claims/merchantId/{m}/status/{status}"),
  listings: { method: "GET", host: "listing-external", path: "/listings/merchantid/{m}", group: "listing" },
  upload: { method: "POST", host: "listing-external", path: "/listings/merchantid/{m}/{kind}", group: "uploads" },
  uploadState: { method: "GET", host: "listing-external", path: "/listings/merchantid/{m}/{kind}/id/{id}", group: "listing" },
  catalog: { method: "GET", host: "mpop", path: "/product/api/products/all-products-of-merchant/{m}", group: "mpop" },
  transactions: { method: "GET", host: "mpfinance-external", path: "/transactions/merchantid/{m}", group: "finance" },
  issues: ask("GET", "/api/v1.0/issues"),
  issueCount: ask("GET", "/api/v1.0/issues/count"),
  issue: ask("GET", "/api/v1.0/issues/{issue}"),
  answer: ask("POST", "/api/v1.0/issues/{issue}/answer"),
  reject: ask("POST", "/api/v1.0/issues/{issue}/reject"),
} as const satisfies Readonly<Record<string, Endpoint>>;

/**
 * Far below what the service names (OMS 1000/s, catalogue 100/s, changelogs 2025-11 and 2026-01), because it counts by address and
 * blocks the address of whoever goes over; uploads: five unfinished ones at most, and no header tells how many there are.
 */
export const LIMITS: readonly LimitGroup[] = [
  { group: "oms", points: 20, perSeconds: 1 },
  { group: "listing", points: 4, perSeconds: 1 },
  { group: "uploads", points: 1, perSeconds: 10 },
  { group: "mpop", points: 2, perSeconds: 1 },
  { group: "finance", points: 2, perSeconds: 1 },
  { group: "questions", points: 2, perSeconds: 1 },
];
