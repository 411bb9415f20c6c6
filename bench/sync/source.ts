import type { StreamId } from "@/server/integrations/contract/connector";

/** What one connector is measured with: who it is, what it reads, and where its pages come from. */
export interface BenchSource {
  readonly connectorId: string;
  /** Made up: nobody checks them. */
  readonly credentials: Readonly<Record<string, string>>;
  /** What a connection test would have learnt. */
  readonly facts?: Readonly<Record<string, unknown>>;
  readonly streams: readonly BenchStream[];
  /** Absent: the connector's own simulator gives the pages, which has a scenario made of formulas for that. */
  readonly answer?: (request: PageRequest, rows: number) => PageAnswer;
}

export interface BenchStream {
  readonly id: StreamId;
  /** Tables its rows go to; one that others point to before those. */
  readonly tables: readonly string[];
  /** Units of the conservation line that so many rows are. */
  readonly records: (rows: number) => number;
}

export interface PageRequest {
  /** Below the base address, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
  /** Asked for by `Range`, both included. */
  readonly range?: { readonly from: number; readonly to: number };
}

/** Sent as JSON; bytes as they are. `undefined` = 204. */
export type PageAnswer = { readonly json: unknown } | { readonly bytes: Buffer; readonly status: number } | undefined;

export const CHATS = ["conversation", "message"] as const;
export const SALES = ["sale_line"] as const;
export const ORDERS = ["sales_order", "order_line", "order_event", "stock_reservation"] as const;
export const PRODUCTS = ["product"] as const;

/** Of so many orders one is still on its way, the others are done with. */
export const OPEN_EVERY = 20;

/** How many messages share a chat. */
export const MESSAGES_A_CHAT = 50;

/** Numbers from `from` on, at most `limit` of them and none beyond `rows`. */
export function indexes(from: number, limit: number, rows: number): number[] {
  return Array.from({ length: Math.max(0, Math.min(limit, rows - from)) }, (_, index) => from + index);
}

/** The moment of row `index` of `rows`, spread over the last `days` days, oldest first; Unix milliseconds. */
export function momentOf(index: number, rows: number, days: number, nowMs: number): number {
  return nowMs - 3_600_000 - Math.floor(((rows - index) / rows) * (days - 1) * 86_400_000);
}
