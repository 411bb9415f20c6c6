import type { Rights } from "./gate";
import type { Seller } from "./state";

export interface Call {
  readonly seller: Seller;
  readonly query: URLSearchParams;
  /** What stood in the place of `{id}`. */
  readonly id: string;
  readonly contentType: string;
  text(): Promise<string>;
  form(): Promise<FormData>;
}

/** A value is answered as JSON, a Response as it is. */
export interface Operation extends Rights {
  readonly method: "GET" | "POST" | "PUT" | "PATCH";
  readonly host: string;
  readonly path: string;
  answer(call: Call): unknown;
}

export interface Reading {
  readonly problem: (text: string) => Error;
  readonly query: URLSearchParams;
}

/** A whole number of the query; refuses anything else with the given words. */
export function wholeOf({ query, problem }: Reading, name: string, bounds: { min: number; max: number; required: boolean }): number | undefined {
  const text = query.get(name);
  if (text === null || text === "") {
    if (bounds.required) throw problem(`Плохой формат ${name}`);
    return undefined;
  }
  const value = Number(text);
  if (!/^-?\d+$/.test(text) || value < bounds.min || value > bounds.max) throw problem(`Плохой формат ${name}`);
  return value;
}
