import { z } from "zod";
import { readMoment } from "./turkish-time";

/** Remote payloads, only the fields we read. Statuses stay plain strings: an unknown one is the mapper's business, never an error. */

const id = z.union([z.string().min(1), z.number().transform(String)]);
const maybeText = z
  .union([z.string(), z.number().transform(String)])
  .nullish()
  .transform((text) => (text === null || text === undefined || text.trim() === "" ? undefined : text));
const maybeMoment = z
  .unknown()
  .transform((value) => (typeof value === "string" ? readMoment(value) : undefined))
  .optional();
const moment = z.string().transform((text, context) => {
  const at = readMoment(text);
  if (at !== undefined) return at;
  context.addIssue({ code: "custom", message: `not a moment: ${text.slice(0, 40)}` });
  return z.NEVER;
});
const listOf = <S extends z.ZodType>(item: S) =>
  z
    .array(item)
    .nullish()
    .transform((items) => items ?? []);
const decimal = z.union([z.number(), z.string().regex(/^-?\d+(\.\d+)?$/)]).transform(String);
const money = z.object({ amount: decimal, currency: z.string().default("TRY") });
const maybeMoney = money.nullish().transform((value) => value ?? undefined);
const maybeFlag = z
  .boolean()
  .nullish()
  .transform((flag) => flag ?? undefined);

const addressSchema = z
  .object({ address: maybeText, name: maybeText, email: maybeText, phoneNumber: maybeText, district: maybeText, city: maybeText, town: maybeText })
  .nullish()
  .transform((address) => address ?? undefined);

/** Items of lists are parsed one by one, so that one odd row does not take its page with it. */
export const pagedSchema = z.object({ totalCount: z.number().nullish(), items: listOf(z.unknown()) });
/** Packages and claims come as a bare array [M]; one source wraps them [T]. */
export const rowsSchema = z.union([z.array(z.unknown()), pagedSchema.transform(({ items }) => items)]);
/** Rows of packages and of claims by what they tell of orders. */
export const orderedSchema = z.object({
  orderNumber: maybeText,
  OrderNumber: maybeText,
  OrderNumbers: listOf(id),
  items: listOf(z.object({ orderNumber: maybeText })),
});

export const lineSchema = z.object({
  id,
  sku: maybeText,
  merchantSKU: maybeText,
  merchantSku: maybeText,
  productBarcode: maybeText,
  name: maybeText,
  quantity: z.number().int().nonnegative(),
  status: z.string().default(""),
  unitPrice: maybeMoney,
  totalPrice: maybeMoney,
  commission: maybeMoney,
  orderDate: maybeMoment,
  dueDate: maybeMoment,
  lastStatusUpdateDate: maybeMoment,
  customerId: maybeText,
  customerName: maybeText,
  shippingAddress: addressSchema,
  cargoCompany: maybeText,
  canCreatePackage: maybeFlag,
  isCancellable: maybeFlag,
  deliveryType: maybeText,
  packageNumber: maybeText,
  barcode: maybeText,
});
export type RemoteLine = z.output<typeof lineSchema>;

export const orderSchema = z.object({
  orderNumber: id,
  orderDate: maybeMoment,
  createdDate: maybeMoment,
  paymentStatus: maybeText,
  customer: z.object({ customerId: maybeText, name: maybeText }).nullish(),
  deliveryAddress: addressSchema,
  orderNote: maybeText,
  items: z.array(lineSchema).min(1),
});
export type RemoteOrder = z.output<typeof orderSchema>;

export const createdPackageSchema = z.object({ packageNumber: maybeText, barcode: maybeText });

export const claimSchema = z.object({
  number: id,
  status: z.string().default(""),
  claimType: z.string().default(""),
  claimDate: maybeMoment,
  refundDate: maybeMoment,
  quantity: z.number().int().positive(),
  orderNumber: id,
  orderDate: maybeMoment,
  lineItemId: id,
  sku: maybeText,
  merchantSku: maybeText,
  refundAmount: decimal.nullish(),
  totalPriceAmount: decimal.nullish(),
  priceCurrency: maybeText,
});
export type RemoteClaim = z.output<typeof claimSchema>;

export const listingsSchema = z.object({ listings: listOf(z.unknown()), totalCount: z.number().int().nonnegative() });
export const listingSchema = z.object({
  hepsiburadaSku: maybeText,
  merchantSku: id,
  price: decimal.nullish(),
  availableStock: z.number().int().nullish(),
  isSalable: maybeFlag,
  isFulfilledByHB: maybeFlag,
  isLocked: maybeFlag,
  isFrozen: maybeFlag,
  isSuspended: maybeFlag,
  productId: maybeText,
});
export type RemoteListing = z.output<typeof listingSchema>;

/** `code` 0 = good; HTTP 200 with `success: false` happens [M]. */
export const catalogPageSchema = z.object({
  success: z.boolean().default(true),
  code: z.number().nullish(),
  message: maybeText,
  totalPages: z.number().int().nullish(),
  last: maybeFlag,
  data: listOf(z.unknown()),
});
export const catalogRowSchema = z.object({
  merchantSku: id,
  barcode: maybeText,
  hbSku: maybeText,
  variantGroupId: maybeText,
  productName: maybeText,
  images: listOf(z.string()),
  status: maybeText,
});
export type RemoteCatalogRow = z.output<typeof catalogRowSchema>;

/** XML speaks of `Id` [T]. */
export const uploadedSchema = z.union([z.object({ id }), z.object({ Id: id }).transform((answer) => ({ id: answer.Id }))]);
export const uploadStateSchema = z.object({
  status: z.string(),
  errors: listOf(z.object({ elementNo: z.number().int().nullish(), merchantSku: maybeText, hepsiburadaSku: maybeText, errors: listOf(z.string()) })),
  priceValidations: listOf(
    z.object({ elementNo: z.number().int().nullish(), merchantSku: maybeText, hepsiburadaSku: maybeText, type: maybeText, description: maybeText }),
  ),
});
export type UploadState = z.output<typeof uploadStateSchema>;

export const transactionsSchema = z.object({ count: z.number().nullish(), items: listOf(z.unknown()) });
export const transactionSchema = z.object({
  id,
  transactionType: z.string(),
  orderNumber: maybeText,
  packageNumber: maybeText,
  invoiceExplanation: maybeText,
  sku: maybeText,
  productName: maybeText,
  quantity: z.number().int().nullish(),
  amount: z.object({ value: decimal, currencyCode: z.string().default("TRY") }),
  orderDate: moment,
  isIncome: z.boolean(),
});
export type RemoteTransaction = z.output<typeof transactionSchema>;

export const issuesSchema = z.object({ data: listOf(z.unknown()), nextPage: z.number().nullish() });
export const issueCountSchema = z.object({ waitingForAnswer: z.number().nullish() });
export const issueSchema = z.object({
  issueNumber: id,
  status: z.string().default(""),
  conversations: listOf(
    z.object({
      id,
      content: z
        .string()
        .nullish()
        .transform((text) => text ?? ""),
      from: z.string().default(""),
      createdAt: moment,
      lastModifiedAt: maybeMoment,
      files: listOf(z.unknown()),
    }),
  ),
  product: z.object({ sku: maybeText, name: maybeText, stockCode: maybeText }).nullish(),
  customerId: maybeText,
  orderNumber: maybeText,
  createdAt: moment,
  lastModifiedAt: maybeMoment,
  expireDate: maybeMoment,
});
export type RemoteIssue = z.output<typeof issueSchema>;
