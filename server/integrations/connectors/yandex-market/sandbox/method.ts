import { z } from "zod";
import { badRequest } from "./errors";
import type { ApiKey, Business, Scope } from "./state";

export interface Quota {
  readonly none: number;
  readonly medium: number;
  readonly seconds: number;
  /** Absent = the same. */
  readonly mediumSeconds?: number;
}

export interface Call<B, Q> {
  readonly business: Business;
  readonly key: ApiKey;
  readonly body: B;
  readonly query: Q;
  readonly campaignId: string;
  readonly orderId: string;
  readonly reportId: string;
  /** Multipart calls only. */
  readonly form: FormData | undefined;
}

/** One method of the API: where it is, who may call it how often, what it takes and answers. */
export interface Method {
  readonly verb: "GET" | "POST" | "PUT";
  /** With `{businessId}`, or `{campaignId}` and `{orderId}`, or `{reportId}`. */
  readonly path: string;
  readonly scopes: readonly Scope[];
  readonly quota: Quota;
  readonly body: z.ZodType;
  readonly query: z.ZodType;
  readonly multipart: boolean;
  /** What its quota counts, where that is not the call. */
  units?(body: never): number;
  answer(call: Call<never, never>): unknown;
}

const EVERY: readonly Scope[] = [
  "ALL_METHODS",
  "ALL_METHODS_READ_ONLY",
  "INVENTORY_AND_ORDER_PROCESSING",
  "INVENTORY_AND_ORDER_PROCESSING_READ_ONLY",
  "OFFERS_AND_CARDS_MANAGEMENT",
  "OFFERS_AND_CARDS_MANAGEMENT_READ_ONLY",
  "PRICING",
  "FINANCE_AND_ACCOUNTING",
  "COMMUNICATION",
  "SETTINGS_MANAGEMENT",
];
/** x-auth-scopes of the groups of methods. */
export const SCOPES = {
  every: EVERY,
  talkRead: ["ALL_METHODS", "ALL_METHODS_READ_ONLY", "COMMUNICATION"],
  talkWrite: ["ALL_METHODS", "COMMUNICATION"],
  orders: ["ALL_METHODS", "ALL_METHODS_READ_ONLY", "INVENTORY_AND_ORDER_PROCESSING", "INVENTORY_AND_ORDER_PROCESSING_READ_ONLY", "FINANCE_AND_ACCOUNTING"],
  stats: ["ALL_METHODS", "ALL_METHODS_READ_ONLY", "INVENTORY_AND_ORDER_PROCESSING", "INVENTORY_AND_ORDER_PROCESSING_READ_ONLY"],
  finance: ["ALL_METHODS", "ALL_METHODS_READ_ONLY", "FINANCE_AND_ACCOUNTING"],
  offers: ["ALL_METHODS", "ALL_METHODS_READ_ONLY", "OFFERS_AND_CARDS_MANAGEMENT", "OFFERS_AND_CARDS_MANAGEMENT_READ_ONLY"],
  orderRead: ["ALL_METHODS", "ALL_METHODS_READ_ONLY", "INVENTORY_AND_ORDER_PROCESSING", "INVENTORY_AND_ORDER_PROCESSING_READ_ONLY"],
  orderWrite: ["ALL_METHODS", "INVENTORY_AND_ORDER_PROCESSING"],
  offerWrite: ["ALL_METHODS", "OFFERS_AND_CARDS_MANAGEMENT"],
  priceWrite: ["ALL_METHODS", "PRICING"],
} satisfies Readonly<Record<string, readonly Scope[]>>;

export const hourly = (none: number, medium = none): Quota => ({ none, medium, seconds: 3_600 });

interface Given<B extends z.ZodType, Q extends z.ZodType> {
  readonly verb?: "GET" | "PUT";
  readonly path: string;
  readonly scopes: readonly Scope[];
  readonly quota: Quota;
  readonly body?: B;
  readonly query?: Q;
  readonly multipart?: boolean;
  units?(body: z.output<B>): number;
  answer(call: Call<z.output<B>, z.output<Q>>): unknown;
}

/** Declares a method; keeps the input types of its schemas. */
export function method<B extends z.ZodType = z.ZodObject, Q extends z.ZodType = z.ZodObject>(given: Given<B, Q>): Method {
  return { verb: "POST", body: z.strictObject({}), query: z.object({}), multipart: false, ...given };
}

/** int64 as a bare integer of any size; comes out as digits. A quoted one is refused, as the schema says integer. */
export const int64 = z.union([z.number().int().positive(), z.bigint().positive()]).transform((value) => value.toString());
/** The same in a query. */
export const queryId = z.string().regex(/^[1-9]\d{0,18}$/);

/** `pageToken` (older name `page_token`) and `limit` within bounds. */
export function paged(max: number, byDefault: number, min = 1) {
  return {
    pageToken: z.string().optional(),
    page_token: z.string().optional(),
    limit: z
      .string()
      .regex(/^\d{1,6}$/)
      .transform(Number)
      .pipe(z.number().min(min).max(max))
      .default(byDefault),
  };
}

interface PageQuery {
  readonly pageToken?: string | undefined;
  readonly page_token?: string | undefined;
  readonly limit: number;
}

/** One page of a list and the token of the next: the key of the last item shown, so that new items do not shift it. */
export function pageOf<T>(
  items: readonly T[],
  query: PageQuery,
  keyOf: (item: T) => string,
): { readonly page: readonly T[]; readonly paging: { nextPageToken?: string } } {
  const token = query.pageToken ?? query.page_token;
  let start = 0;
  if (token !== undefined) {
    const last = Buffer.from(token, "base64url").toString("utf8");
    const at = items.findIndex((item) => keyOf(item) === last);
    if (at === -1) throw badRequest("Invalid pageToken", "INVALID_QUERY_PARAMETER");
    start = at + 1;
  }
  const page = items.slice(start, start + query.limit);
  const last = page.at(-1);
  const hasMore = last !== undefined && start + query.limit < items.length;
  return { page, paging: hasMore ? { nextPageToken: Buffer.from(keyOf(last)).toString("base64url") } : {} };
}

export const ok = (result: unknown) => ({ status: "OK", result });
