import { z } from "zod";
import { parseKyiv } from "./kyiv-time";

/** Remote payloads, only the fields we read. Enums stay plain: an unknown value is the mapper's "other", never an error. */

/** Ids come as numbers, here and there as digits in quotes, beyond 2^53 as digits (the lossless parser). */
export const remoteId = z.union([z.string().regex(/^\d+$/), z.number().int().nonnegative().transform(String)]);
/** Absent, null, zero and nonsense are all "not told". */
export const maybeId = z
  .unknown()
  .transform((value) => {
    const parsed = remoteId.safeParse(value);
    return parsed.success && parsed.data !== "0" ? parsed.data : undefined;
  })
  .optional();
export const instant = z.string().transform((text, context) => {
  const at = parseKyiv(text);
  if (at !== undefined) return at;
  context.addIssue({ code: "custom", message: `not a moment of Kyiv's clock: ${text.slice(0, 40)}` });
  return z.NEVER;
});
/** Empty and null both mean none; nonsense is not worth losing a record for. */
export const maybeInstant = z
  .unknown()
  .transform((value) => (typeof value === "string" ? parseKyiv(value) : undefined))
  .optional();
export const maybeText = z
  .unknown()
  .transform((value) => {
    const text = typeof value === "number" ? String(value) : value;
    return typeof text === "string" && text.trim() !== "" ? text : undefined;
  })
  .optional();
/** Money is a decimal in quotes in orders and a number in goods. */
export const decimal = z.union([z.string().regex(/^-?\d+(\.\d+)?$/), z.number()]);
export const maybeDecimal = z
  .unknown()
  .transform((value) => {
    const parsed = decimal.safeParse(value);
    return parsed.success ? parsed.data : undefined;
  })
  .optional();
/** 0 and 1, true and false, the same in quotes. */
export const flag = z
  .unknown()
  .transform((value) => value === true || value === 1 || value === "1")
  .optional();
export const listOf = <S extends z.ZodType>(item: S) =>
  z
    .unknown()
    .optional()
    .transform((items) => (Array.isArray(items) ? (items as unknown[]) : []))
    .pipe(z.array(item));

/** PHP writes an empty object as `[]`. */
export const maybeObject = <S extends z.ZodType>(shape: S) =>
  z
    .unknown()
    .transform((value): z.output<S> | undefined => {
      const parsed = shape.safeParse(value);
      return parsed.success ? parsed.data : undefined;
    })
    .optional();

/** Never coerced: null would count as nothing. */
export const count = z.union([
  z.number().int().nonnegative(),
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number),
]);
export const metaSchema = z.object({
  totalCount: count,
  /** 0 for an empty list. */
  pageCount: count,
});
export type RemoteMeta = z.output<typeof metaSchema>;

export const envelopeSchema = z.object({ success: z.boolean(), content: z.unknown().optional(), errors: z.unknown().optional() });

export const loginSchema = z.object({
  access_token: z.string().min(1),
  permissions: listOf(z.string()),
  market: maybeObject(z.object({ id: maybeId, title: maybeText })),
});
export type RemoteLogin = z.output<typeof loginSchema>;

export const statusListSchema = z.object({
  orderStatus: listOf(z.object({ id: remoteId, name: maybeText, name_uk: maybeText })),
});

export const chatListSchema = z.object({ chats: listOf(z.unknown()), _meta: metaSchema });
export const orderListSchema = z.object({ orders: listOf(z.unknown()), _meta: metaSchema });
export const goodsListSchema = z.object({ items: listOf(z.unknown()), _meta: metaSchema });
export const anything = z.unknown();
