import { parse } from "lossless-json";
import { z } from "zod";
import { invalidArgument } from "./errors";

const WHOLE = /^-?\d+$/;

/** Parses JSON so that whole numbers beyond 2^53 become bigint and lose no digit. Throws code 3 on anything else. */
export function parseBody(text: string): unknown {
  if (text.trim() === "") return {};
  try {
    return parse(text, undefined, {
      parseNumber: (digits: string) => (WHOLE.test(digits) && !Number.isSafeInteger(Number(digits)) ? BigInt(digits) : Number(digits)),
    });
  } catch {
    // The reason of the parser says where our text is wrong, not what the real service would print.
    throw invalidArgument("proto: syntax error: invalid JSON");
  }
}

/** Checks a body against its message; unknown and mistyped fields are refused as protobuf JSON does. */
export function checkBody<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const path = issue?.path.join(".") ?? "";
  if (issue?.code === "unrecognized_keys") throw invalidArgument(`proto: unknown field "${[path, issue.keys[0]].filter(Boolean).join(".")}"`);
  throw invalidArgument(`invalid value for field ${path || "(root)"}: ${issue?.message ?? "unknown"}`);
}

/** uint64/int64 as protobuf JSON takes it: a number, or its digits in a string. Comes out as digits. */
export const int64 = z
  .union([z.number().int().nonnegative(), z.bigint().nonnegative(), z.string().regex(/^\d{1,20}$/)])
  .transform((value) => BigInt(value).toString());

/** A whole number within bounds. */
export const whole = (min: number, max: number) => z.number().int().min(min).max(max);

export const instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

/** The documentation's enum is upper case, its own samples are lower case; both pass. */
export const sortDir = z
  .string()
  .transform((text) => text.toUpperCase())
  .pipe(z.enum(["ASC", "DESC"]));

/** Amounts as the service prints them: digits, a dot when needed, no trailing zeros. */
export function money(minor: number, currency = "RUB"): { amount: string; currency: string } {
  return { amount: decimal(minor), currency };
}

export function decimal(minor: number): string {
  const sign = minor < 0 ? "-" : "";
  const digits = Math.abs(minor).toString().padStart(3, "0");
  const fraction = digits.slice(-2).replace(/0+$/, "");
  return `${sign}${digits.slice(0, -2)}${fraction ? `.${fraction}` : ""}`;
}
