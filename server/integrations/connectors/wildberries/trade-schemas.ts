import { z } from "zod";
import { decimal, digits, instant, listOf, maybeDigits, maybeText } from "./schemas";

/** Remote payloads of orders, stock, prices and the early figures, only the fields we read. */

const whole = z.number().int();

export const orderSchema = z.object({
  id: digits,
  rid: maybeText,
  orderUid: maybeText,
  article: maybeText,
  skus: listOf(z.string()),
  nmId: maybeDigits,
  chrtId: maybeDigits,
  createdAt: instant,
  warehouseId: maybeDigits,
  officeId: maybeDigits,
  supplyId: maybeText,
  /** In hundredths of `currencyCode`, whatever the currency. */
  price: whole.nonnegative().default(0),
  currencyCode: whole.default(643),
  cargoType: whole.nullish(),
  crossBorderType: whole.nullish(),
  comment: maybeText,
  offices: listOf(z.string()),
  address: z.object({ fullAddress: maybeText }).nullish(),
});
export type RemoteOrder = z.output<typeof orderSchema>;
/** Items are parsed one by one, so that one odd order does not take its page with it. */
export const ordersSchema = z.object({ next: digits.nullish(), orders: listOf(z.unknown()) });

export const orderStatesSchema = z.object({
  orders: listOf(z.object({ id: digits, supplierStatus: z.string().default(""), wbStatus: z.string().default(""), isCancellable: z.boolean().nullish() })),
});
export type RemoteOrderState = z.output<typeof orderStatesSchema>["orders"][number];

const supply = z.object({
  id: z.string().min(1),
  done: z.boolean().default(false),
  name: z.string().default(""),
  createdAt: z.string().default(""),
  cargoType: whole.nullish(),
  crossBorderType: whole.nullish(),
});
export type RemoteSupply = z.output<typeof supply>;
export const suppliesSchema = z.object({ next: digits.nullish(), supplies: listOf(supply) });
export const supplyCreatedSchema = z.object({ id: z.string().min(1) });
export const supplyOrdersSchema = z.object({ orderIds: listOf(digits) });

export const warehousesSchema = z.array(
  z.object({ id: digits, name: z.string().default(""), deliveryType: whole.nullish(), isDeleting: z.boolean().nullish(), isProcessing: z.boolean().nullish() }),
);
export type RemoteWarehouse = z.output<typeof warehousesSchema>[number];
export const stocksSchema = z.object({ stocks: listOf(z.object({ chrtId: digits, amount: whole })) });
/** A refusal of some lines: a list of reasons, each with the lines it is about; of the whole: one reason. */
const stockRefusal = z.object({
  code: z.string().default(""),
  message: z.string().default(""),
  data: z
    .array(z.object({ chrtId: maybeDigits, sku: maybeText }))
    .nullish()
    .catch(null),
});
export const stockRefusalsSchema = z.union([z.array(stockRefusal), stockRefusal.transform((one) => [one])]);
export type StockRefusal = z.output<typeof stockRefusal>;

export const pricesSchema = z.object({
  data: z
    .object({
      listGoods: listOf(
        z.object({
          nmID: digits,
          sizes: listOf(z.object({ sizeID: digits, price: decimal, discountedPrice: decimal })),
          currencyIsoCode4217: z.string().default("RUB"),
        }),
      ),
    })
    .nullish(),
  error: z.boolean().default(false),
  errorText: maybeText,
});
export type RemotePrice = NonNullable<z.output<typeof pricesSchema>["data"]>["listGoods"][number];
export const priceUploadSchema = z.object({
  data: z.object({ id: digits, alreadyExists: z.boolean().nullish() }).nullish(),
  error: z.boolean().default(false),
  errorText: maybeText,
});
/** `data: null` while the upload is being worked on. */
export const priceTaskSchema = z.object({ data: z.object({ uploadID: maybeDigits, status: whole.nullish() }).nullish() });
export const priceTaskGoodsSchema = z.object({
  data: z.object({ historyGoods: listOf(z.object({ nmID: digits, status: whole.nullish(), errorText: maybeText })) }).nullish(),
});

/** Bare lists; a moment without a zone is Moscow's. */
export const earlyRowsSchema = z.array(z.unknown());
const moscow = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?$/)
  .transform((text) => new Date(`${text}+03:00`));
const early = {
  date: moscow,
  lastChangeDate: z.string().min(10),
  supplierArticle: maybeText,
  nmId: maybeDigits,
  barcode: maybeText,
  subject: maybeText,
  srid: z.string().min(1),
  gNumber: maybeText,
  priceWithDisc: decimal,
};
export const earlySaleSchema = z.object({ ...early, saleID: z.string().min(1), forPay: decimal });
export type EarlySale = z.output<typeof earlySaleSchema>;
export const earlyOrderSchema = z.object({
  ...early,
  warehouseType: z.string().default(""),
  warehouseName: maybeText,
  regionName: maybeText,
  techSize: maybeText,
  finishedPrice: decimal,
  isCancel: z.boolean().default(false),
  cancelDate: maybeText,
});
export type EarlyOrder = z.output<typeof earlyOrderSchema>;
