import { z } from "zod";
import { momentOf } from "./kyiv";
import type { Market, Section } from "./state";

export interface Call<B, Q> {
  readonly market: Market;
  readonly id: number;
  readonly body: B;
  readonly query: Q;
  /** Multipart calls only. */
  readonly form: FormData | undefined;
}

/** One method of the API: where it is, who may call it, what it takes and answers (`content`). */
export interface Method {
  readonly verb: "GET" | "POST" | "PUT";
  /** With `{id}`. */
  readonly path: string;
  readonly section: Section | undefined;
  readonly permission: string | undefined;
  readonly query: z.ZodType;
  readonly body: z.ZodType;
  /** A search answers a wrong parameter with this empty list, unless the caller asks for the error by a header. */
  readonly whenWrong: unknown;
  /** Takes multipart beside JSON. */
  readonly multipart: boolean;
  answer(call: Call<never, never>): unknown;
}

interface Given<B extends z.ZodType, Q extends z.ZodType> {
  readonly verb?: "POST" | "PUT";
  readonly path: string;
  readonly section?: Section;
  readonly permission?: string;
  readonly query?: Q;
  readonly body?: B;
  readonly whenWrong?: unknown;
  readonly multipart?: boolean;
  answer(call: Call<z.output<B>, z.output<Q>>): unknown;
}

/** Declares a method; keeps the input types of its schemas. */
export function method<B extends z.ZodType = z.ZodObject, Q extends z.ZodType = z.ZodObject>(given: Given<B, Q>): Method {
  return {
    verb: "GET",
    section: undefined,
    permission: undefined,
    query: z.object({}),
    body: z.object({}),
    whenWrong: undefined,
    multipart: false,
    ...given,
  };
}

/** Whole number in a query. */
export const whole = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number);
export const page = whole.pipe(z.number().min(1)).default(1);
export const moment = z.string().transform((text, context) => {
  const at = momentOf(text);
  if (at !== undefined) return at;
  context.addIssue({ code: "custom", message: "not a date" });
  return z.NEVER;
});
/** One column with its sign. */
export const sortBy = (...columns: readonly string[]) => z.string().refine((text) => columns.includes(text.replace(/^[+-]/, "")));
export const expandList = z
  .string()
  .default("")
  .transform((text) => new Set(text.split(",").map((name) => name.trim())));
/** Numbers in JSON bodies; digits in quotes are taken too, as PHP does. */
export const number = z.union([
  z.number().int(),
  z
    .string()
    .regex(/^-?\d+$/)
    .transform(Number),
]);
