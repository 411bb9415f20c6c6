import type { z } from "zod";
import type { Merchant } from "./state";

export interface Call {
  readonly merchant: Merchant;
  readonly query: URLSearchParams;
  /** The places of the path pattern, in order, after the merchant's. */
  readonly at: readonly string[];
  readonly path: string;
  readonly contentType: string;
  header(name: string): string | undefined;
  text(): Promise<string>;
  form(): Promise<FormData>;
}

/** A value is answered as JSON with 200, a Response as it is. */
export interface Operation {
  readonly method: "GET" | "POST" | "PUT";
  readonly host: string;
  /** `{m}` is the merchant's id, every other `{…}` one segment. */
  readonly path: string;
  answer(call: Call): unknown;
}

/** A whole number of the query. @param problem makes the refusal. */
export function wholeOf(query: URLSearchParams, name: string, { min, max }: { min: number; max: number }, problem: (text: string) => Error): number {
  const text = query.get(name);
  if (text === null || text === "") throw problem(`${name} cannot be empty`);
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max) throw problem(`${name} must be between ${min} and ${max}`);
  return value;
}

export async function readJson<S extends z.ZodType>(call: Call, schema: S, problem: (text: string) => Error): Promise<z.output<S>> {
  if (!/^application\/json\b/.test(call.contentType)) throw problem("Content-Type must be application/json");
  let value: unknown;
  try {
    value = JSON.parse(await call.text());
  } catch {
    // The parser's own words are not the service's.
    throw problem("The request body is not valid JSON");
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw problem(`The field ${parsed.error.issues[0]?.path.join(".") || "body"} is invalid`);
}

export const slicePage = <T>(items: readonly T[], { offset, limit }: { offset: number; limit: number }) => items.slice(offset, offset + limit);

/** The envelope of the order lists. */
export function paged<T>(items: readonly T[], page: { offset: number; limit: number }): Record<string, unknown> {
  return { totalCount: items.length, ...page, pageCount: Math.ceil(items.length / Math.max(1, page.limit)), items: slicePage(items, page) };
}
