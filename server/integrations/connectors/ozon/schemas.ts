import { z } from "zod";

/** Remote payloads, only the fields we read. Enums stay plain strings: an unknown value is the mapper's "other", never an error. */

/** int64/uint64 come as numbers, as strings (proto JSON) or, through the lossless parser, as digits. */
export const remoteId = z.union([z.string().regex(/^\d+$/), z.number().int().nonnegative().transform(String)]);
export const count = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d+$/)
    .transform(Number),
]);
/** The official sample prints `"has_next":"true"`. */
export const flag = z.union([z.boolean(), z.enum(["true", "false", ""]).transform((text) => text === "true")]);
export const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
/** Absent, null, empty and nonsensical dates are all "not told". */
export const maybeInstant = z
  .unknown()
  .transform((value) => {
    const parsed = instant.safeParse(value);
    return parsed.success ? parsed.data : undefined;
  })
  .optional();
export const maybeText = z
  .string()
  .nullish()
  .transform((text) => (text === null || text === undefined || text === "" ? undefined : text));
export const maybeId = z
  .unknown()
  .transform((value) => {
    const parsed = remoteId.safeParse(value);
    return parsed.success && parsed.data !== "0" ? parsed.data : undefined;
  })
  .optional();
export const listOf = <S extends z.ZodType>(item: S) =>
  z
    .array(item)
    .nullish()
    .transform((items) => items ?? []);

export const rolesSchema = z.object({
  expires_at: maybeInstant,
  roles: listOf(z.object({ name: z.string(), methods: listOf(z.string()) })),
});

export const sellerInfoSchema = z.object({
  company: z.object({ currency: maybeText, name: maybeText, legal_name: maybeText, country: maybeText, inn: maybeText }).optional(),
  subscription: z.object({ type: maybeText, is_premium: z.boolean().nullish() }).optional(),
});

/** Items are parsed one by one, so that one odd chat or message does not take its page with it. */
export const chatListSchema = z.object({ chats: listOf(z.unknown()), cursor: maybeText, has_next: flag.optional() });
export const chatItemSchema = z.object({
  chat: z.object({ chat_id: z.string().min(1), chat_status: z.string().default(""), chat_type: z.string().default(""), created_at: instant }),
  last_message_id: maybeId,
  unread_count: count.optional(),
});
export type RemoteChat = z.output<typeof chatItemSchema>;

export const chatHistorySchema = z.object({ has_next: flag.optional(), messages: listOf(z.unknown()) });
export const messageSchema = z.object({
  message_id: remoteId,
  created_at: instant,
  user: z.object({ id: z.union([z.string(), z.number().transform(String)]).optional(), type: z.string().default("") }).optional(),
  data: listOf(z.string()),
  is_image: z.boolean().nullish(),
  is_read: z.boolean().nullish(),
  moderate_image_status: maybeText,
  context: z.object({ order_number: maybeText, sku: z.union([maybeText, z.number().transform(String)]) }).nullish(),
});
export type RemoteMessage = z.output<typeof messageSchema>;

export const resultSchema = z.object({ result: z.unknown() });
export const readSchema = z.object({ unread_count: count.optional() });
export const chatStartSchema = z.object({ result: z.object({ chat_id: z.string().min(1) }) });

const posting = z.object({
  posting_number: z.string().min(1),
  order_number: maybeText,
  status: z.string().default(""),
  in_process_at: maybeInstant,
});
export const fbsListSchema = z.object({
  postings: listOf(posting.extend({ tpl_integration_type: maybeText })),
  cursor: maybeText,
  has_next: flag.optional(),
});
export const fboListSchema = z.object({ postings: listOf(posting), cursor: maybeText, has_next: flag.optional() });
export type RemoteFbsPosting = z.output<typeof fbsListSchema>["postings"][number];

const money = z.object({ amount: z.union([z.string(), z.number().transform(String)]), currency: z.string() });
export type RemoteMoney = z.output<typeof money>;
const maybeMoney = money.nullish().transform((value) => (value === null || value === undefined || value.amount.trim() === "" ? undefined : value));
const typeId = z.union([z.number().transform(String), z.string()]);
const typedFee = z.object({ accrued: maybeMoney, type_id: typeId.default("0") });
export type RemoteFee = z.output<typeof typedFee>;

export const accrualTypesSchema = z.object({
  accrual_types: listOf(z.object({ id: typeId, name: z.string().default(""), description: maybeText })),
});
export const accrualByDaySchema = z.object({ accruals: listOf(z.unknown()), last_id: maybeText });
export const accrualSchema = z.object({
  accrued_category: z.string().default("UNSPECIFIED"),
  date: z.string().regex(/^\d{4}-\d{2}-\d{2}/),
  unit_number: maybeText,
  accrual_id: maybeId,
  total_amount: money,
  posting: z
    .object({
      delivery_schema: maybeText,
      products: listOf(
        z.object({
          sku: maybeId,
          commission: z
            .object({ sale_amount: maybeMoney, bonus: maybeMoney, coinvestment: maybeMoney, commission: maybeMoney, seller_price: maybeMoney })
            .nullish(),
          delivery: z.object({ total_accrued: maybeMoney, services: listOf(typedFee) }).nullish(),
        }),
      ),
    })
    .nullish(),
  item_fees: z.object({ fees: listOf(z.object({ sku: maybeId, fees: listOf(typedFee) })) }).nullish(),
  non_item_fee: typedFee.nullish(),
});
export type RemoteAccrual = z.output<typeof accrualSchema>;

export const accrualPostingsSchema = z.object({
  posting_accruals: listOf(
    z.object({
      posting_number: z.string(),
      accruals: listOf(z.object({ accrual_date: z.string(), quantity: count.nullish(), sku: maybeId, type_id: typeId.optional() })),
    }),
  ),
});
export type RemotePostingAccruals = z.output<typeof accrualPostingsSchema>["posting_accruals"][number];

export const productListSchema = z.object({
  result: z.object({
    items: listOf(z.object({ product_id: remoteId, offer_id: maybeText, sku: maybeId })),
    last_id: maybeText,
    total: count.optional(),
    total_items: count.optional(),
  }),
});
const imageList = z.union([z.string().transform((one) => [one]), listOf(z.string())]);
export const productInfoSchema = z.object({
  items: listOf(
    z.object({
      id: remoteId,
      name: maybeText,
      offer_id: maybeText,
      sku: maybeId,
      sources: listOf(z.object({ sku: maybeId })),
      primary_image: imageList.optional(),
      images: imageList.optional(),
      barcodes: listOf(z.string()),
      is_archived: z.boolean().nullish(),
      is_autoarchived: z.boolean().nullish(),
      price: maybeText,
      old_price: maybeText,
      currency_code: maybeText,
      model_info: z.object({ model_id: maybeId }).nullish(),
      statuses: z.object({ moderate_status: maybeText, is_created: z.boolean().nullish() }).nullish(),
      visibility_details: z.object({ has_price: z.boolean().nullish(), has_stock: z.boolean().nullish() }).nullish(),
      stocks: z.object({ stocks: listOf(z.object({ source: z.string().default(""), present: count.nullish(), reserved: count.nullish() })) }).nullish(),
    }),
  ),
});
export type RemoteProduct = z.output<typeof productInfoSchema>["items"][number];

export const warehousesSchema = z.object({
  warehouses: listOf(z.object({ warehouse_id: remoteId, name: maybeText, status: maybeText, pause_at: maybeInstant })),
  cursor: maybeText,
  has_next: flag.optional(),
});
export const fbsStocksSchema = z.object({
  products: listOf(
    z.object({ product_id: remoteId, warehouse_id: remoteId, present: count.nullish(), reserved: count.nullish(), free_stock: count.nullish() }),
  ),
  cursor: maybeText,
  has_next: flag.optional(),
});
export type RemoteFbsStock = z.output<typeof fbsStocksSchema>["products"][number];
/** Stocks and prices are answered line by line. */
export const offerResultsSchema = z.object({
  result: listOf(
    z.object({
      product_id: maybeId,
      offer_id: maybeText,
      updated: z.boolean().nullish(),
      errors: listOf(z.object({ code: z.string().default(""), message: z.string().default("") })),
    }),
  ),
});
