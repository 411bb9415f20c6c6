import type { z } from "zod";
import type { ApiKey, Seller } from "./state";

/** One method of the API: what it takes and what it answers; `null` is a 200 with an empty body. */
export interface Method {
  path: string;
  input: z.ZodType;
  answer(seller: Seller, input: never, key: ApiKey): unknown;
}

/** Declares a method; keeps the input type of its schema. */
export function method<S extends z.ZodType>(path: string, input: S, answer: (seller: Seller, input: z.output<S>, key: ApiKey) => unknown): Method {
  return { path, input, answer };
}
