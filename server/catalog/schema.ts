import { z } from "zod";

/** What the browser sends to and gets from the catalog. Client-safe: no server code behind it. */
export const productCursorSchema = z.object({ name: z.string(), id: z.uuid() });

export const listProductsInput = z.object({
  connectionId: z.uuid().optional(),
  /** Found in the name; or a whole SKU or offer id. */
  search: z.string().trim().max(200).optional(),
  cursor: productCursorSchema.optional(),
  limit: z.number().int().min(1).max(100).default(50),
});

export const productOutput = z.object({
  id: z.uuid(),
  connectionId: z.uuid(),
  externalId: z.string(),
  sku: z.string().nullable(),
  offerId: z.string().nullable(),
  name: z.string(),
  imageUrl: z.string().nullable(),
  updatedAt: z.date(),
});
export const listProductsOutput = z.object({ products: z.array(productOutput), nextCursor: productCursorSchema.nullable() });

export const offerKindSchema = z.enum(["stock", "price"]);
export const pushStateSchema = z.enum(["sending", "pending", "acknowledged", "rejected", "unknown", "delayed", "superseded"]);
const MOST_PIECES = 10_000_000;
const piecesSchema = z.number().int().min(0).max(MOST_PIECES);

/** One request that carried a wish, and what came of it. */
export const pushOutput = z.object({
  id: z.uuid(),
  kind: offerKindSchema,
  version: z.number(),
  quantity: z.number().nullable(),
  priceMinor: z.bigint().nullable(),
  oldMinor: z.bigint().nullable(),
  state: pushStateSchema,
  attempts: z.number(),
  requestedAt: z.date(),
  settledAt: z.date().nullable(),
  nextAt: z.date().nullable(),
  errorCode: z.string().nullable(),
  errorText: z.string().nullable(),
});

/**
 * off: Karavan does not write it · uncounted: there is nothing to say · same: the service has acknowledged what is wanted · waiting: no
 * request has left yet · the rest is the state of the request that carries the newest wish.
 */
export const offerStateSchema = z.enum(["off", "uncounted", "same", "waiting", "sending", "pending", "delayed", "unknown", "rejected"]);

export const offerOutput = z.object({
  id: z.uuid(),
  connectionId: z.uuid(),
  variantId: z.uuid().nullable(),
  externalId: z.string(),
  sku: z.string().nullable(),
  offerId: z.string().nullable(),
  name: z.string(),
  variantName: z.string().nullable(),
  imageUrl: z.string().nullable(),
  barcodes: z.array(z.string()),
  status: z.string().nullable(),
  url: z.string().nullable(),
  matchedBy: z.enum(["article", "barcode", "hand", "apart"]).nullable(),
  buffer: z.number().nullable(),
  isStockPushed: z.boolean(),
  stock: z.object({
    state: offerStateSchema,
    wanted: z.number().nullable(),
    acknowledged: z.number().nullable(),
    acknowledgedAt: z.date().nullable(),
    /** As the service itself showed it last. */
    remote: z.number().nullable(),
    remoteAt: z.date().nullable(),
    /** What the service shows as far as we know: the newer of the two. */
    shown: z.number().nullable(),
    /** In the marketplace's own warehouses. */
    marketplace: z.number().nullable(),
    errorCode: z.string().nullable(),
  }),
  price: z.object({
    state: offerStateSchema,
    currency: z.string().nullable(),
    wantedMinor: z.bigint().nullable(),
    wantedOldMinor: z.bigint().nullable(),
    acknowledgedMinor: z.bigint().nullable(),
    acknowledgedAt: z.date().nullable(),
    remoteMinor: z.bigint().nullable(),
    remoteOldMinor: z.bigint().nullable(),
    errorCode: z.string().nullable(),
  }),
});

export const variantShowSchema = z.enum(["all", "different", "rejected", "short", "uncounted", "archived"]);
export const listVariantsInput = z.object({
  show: variantShowSchema.default("all"),
  connectionId: z.uuid().optional(),
  /** Found in name, article, barcode, and in the numbers of the listings. */
  search: z.string().trim().max(200).optional(),
  cursor: productCursorSchema.optional(),
  limit: z.number().int().min(1).max(200).default(100),
});
export const variantOutput = z.object({
  id: z.uuid(),
  sku: z.string(),
  name: z.string(),
  groupName: z.string().nullable(),
  imageUrl: z.string().nullable(),
  barcodes: z.array(z.string()),
  /** Pieces on the shelf; null = not counted. */
  onHand: z.number().nullable(),
  reserved: z.number(),
  available: z.number().nullable(),
  isArchived: z.boolean(),
  countedAt: z.date().nullable(),
  offers: z.array(offerOutput),
});
export const listVariantsOutput = z.object({ variants: z.array(variantOutput), nextCursor: productCursorSchema.nullable() });

export const channelOutput = z.object({
  connectionId: z.uuid(),
  connectorId: z.string(),
  name: z.string(),
  writesStock: z.boolean(),
  writesPrices: z.boolean(),
  listings: z.number(),
  matched: z.number(),
  rule: z.object({ isEnabled: z.boolean(), buffer: z.number(), cap: z.number().nullable(), turnoverPercent: z.number() }),
});
export const overviewOutput = z.object({
  variants: z.number(),
  different: z.number(),
  rejected: z.number(),
  short: z.number(),
  uncounted: z.number(),
  archived: z.number(),
  unmatched: z.number(),
  apart: z.number(),
  channels: z.array(channelOutput),
});

export const variantIdInput = z.object({ variantId: z.uuid() });
export const movementOutput = z.object({
  id: z.uuid(),
  at: z.date(),
  kind: z.enum(["counted", "received", "written_off", "shipped", "returned"]),
  quantity: z.number(),
  onHandAfter: z.number(),
  orderId: z.uuid().nullable(),
  orderNumber: z.string().nullable(),
  actorName: z.string().nullable(),
  note: z.string().nullable(),
});
export const reservationOutput = z.object({
  lineId: z.uuid(),
  orderId: z.uuid(),
  orderNumber: z.string().nullable(),
  connectionId: z.uuid(),
  quantity: z.number(),
  reservedAt: z.date().nullable(),
});
export const variantDetailOutput = variantOutput.extend({ movements: z.array(movementOutput), reservations: z.array(reservationOutput) });

export const suggestionOutput = z.object({
  variantId: z.uuid(),
  sku: z.string(),
  name: z.string(),
  reason: z.enum(["article", "barcode", "name"]),
});
export const listListingsInput = z.object({
  show: z.enum(["unmatched", "apart"]).default("unmatched"),
  connectionId: z.uuid().optional(),
  search: z.string().trim().max(200).optional(),
  cursor: productCursorSchema.optional(),
  limit: z.number().int().min(1).max(100).default(50),
});
export const listListingsOutput = z.object({
  listings: z.array(offerOutput.extend({ suggestions: z.array(suggestionOutput) })),
  nextCursor: productCursorSchema.nullable(),
});

export const listPushesInput = z.object({ productId: z.uuid(), kind: offerKindSchema });
export const listPushesOutput = z.object({ pushes: z.array(pushOutput) });

const textSchema = (max: number) => z.string().trim().min(1).max(max);
const barcodesSchema = z.array(textSchema(100)).max(50);
const productIdsSchema = z.array(z.uuid()).min(1).max(1_000);
export const createVariantInput = z.object({
  sku: textSchema(200),
  name: textSchema(500),
  groupName: textSchema(500).nullable().optional(),
  barcodes: barcodesSchema.default([]),
  onHand: piecesSchema.optional(),
  /** Listings it is made for, whatever their articles are. */
  productIds: z.array(z.uuid()).max(100).default([]),
});
export const editVariantInput = z.object({
  variantId: z.uuid(),
  sku: textSchema(200).optional(),
  name: textSchema(500).optional(),
  groupName: textSchema(500).nullable().optional(),
  barcodes: barcodesSchema.optional(),
  isArchived: z.boolean().optional(),
});
export const changeStockInput = z.object({
  variantId: z.uuid(),
  kind: z.enum(["counted", "received", "written_off", "returned"]),
  /** `counted`: pieces there are; else pieces that came or went. */
  quantity: piecesSchema,
  note: z.string().trim().max(500).optional(),
});
export const matchListingsInput = z.object({ productIds: productIdsSchema, to: z.union([z.object({ variantId: z.uuid() }), z.enum(["apart", "auto"])]) });
/** `unmatched`: of all listings nobody has matched. */
export const makeVariantsInput = z.object({ productIds: z.union([productIdsSchema, z.literal("unmatched")]) });
export const makeVariantsOutput = z.object({ variantIds: z.array(z.uuid()) });
export const mergeVariantsInput = z.object({ variantId: z.uuid(), intoVariantId: z.uuid() });

export const changeOffersInput = z.object({
  productIds: productIdsSchema,
  isStockPushed: z.boolean().optional(),
  /** null = as the connection says. */
  buffer: piecesSchema.nullable().optional(),
});
const amountSchema = z.bigint().min(1n).max(1_000_000_000_000n);
export const setPricesInput = z.object({
  prices: z
    .array(z.object({ productId: z.uuid(), priceMinor: amountSchema, oldMinor: amountSchema.nullable() }))
    .min(1)
    .max(1_000),
});
export const pushAgainInput = z.object({ productIds: productIdsSchema, kind: offerKindSchema });

const ruleFields = {
  connectionId: z.uuid(),
  buffer: piecesSchema,
  cap: piecesSchema.nullable(),
  turnoverPercent: z.number().int().min(0).max(100),
};
export const previewRuleInput = z.object(ruleFields);
export const saveRuleInput = z.object({ ...ruleFields, isEnabled: z.boolean() });
/** What would be written to the service if it were switched on now. */
export const previewRuleOutput = z.object({
  total: z.number(),
  toZero: z.number(),
  lowered: z.number(),
  raised: z.number(),
  same: z.number(),
  uncounted: z.number(),
  rows: z.array(z.object({ productId: z.uuid(), name: z.string(), sku: z.string().nullable(), shown: z.number().nullable(), wanted: z.number() })),
});

const MOST_TABLE_CHARACTERS = 5_000_000;
export const tableInput = z.object({ text: z.string().min(1).max(MOST_TABLE_CHARACTERS) });
export const exportTableInput = z.object({ separator: z.enum(["comma", "semicolon"]).default("comma") });
export const exportTableOutput = z.object({ fileName: z.string(), text: z.string() });
export const tableProblemSchema = z.enum(["no_article", "unknown_article", "twice", "bad_stock", "bad_price", "no_listing", "no_currency", "unknown_shop"]);
export const tablePreviewOutput = z.object({
  rows: z.number(),
  /** Columns nobody understands, and without which nothing can be read. */
  unknownColumns: z.array(z.string()),
  stock: z.array(z.object({ line: z.number(), sku: z.string(), name: z.string(), before: z.number().nullable(), after: z.number() })),
  prices: z.array(
    z.object({
      line: z.number(),
      sku: z.string(),
      name: z.string(),
      shop: z.string(),
      currency: z.string(),
      before: z.bigint().nullable(),
      after: z.bigint(),
      /** Less than half or more than twice: worth a second look. */
      isLarge: z.boolean(),
    }),
  ),
  problems: z.array(z.object({ line: z.number(), problem: tableProblemSchema, value: z.string() })),
});
export const tableAppliedOutput = z.object({ stock: z.number(), prices: z.number() });

export const watchCatalogInput = z.object({ lastEventId: z.string().nullish() }).optional();
/** Something of the catalog changed, or may have been missed: what is shown is read again. */
export const watchCatalogOutput = z.object({ changed: z.literal(true) });

export type ListProductsInput = z.infer<typeof listProductsInput>;
export type ProductView = z.infer<typeof productOutput>;
export type OfferView = z.infer<typeof offerOutput>;
export type OfferState = z.infer<typeof offerStateSchema>;
export type PushView = z.infer<typeof pushOutput>;
export type PushState = z.infer<typeof pushStateSchema>;
export type OfferKind = z.infer<typeof offerKindSchema>;
export type VariantView = z.infer<typeof variantOutput>;
export type VariantDetail = z.infer<typeof variantDetailOutput>;
export type MovementView = z.infer<typeof movementOutput>;
export type ReservationView = z.infer<typeof reservationOutput>;
export type VariantShow = z.infer<typeof variantShowSchema>;
export type ListVariantsInput = z.infer<typeof listVariantsInput>;
export type ChannelView = z.infer<typeof channelOutput>;
export type CatalogOverview = z.infer<typeof overviewOutput>;
export type ListListingsInput = z.infer<typeof listListingsInput>;
export type ListingView = z.infer<typeof listListingsOutput>["listings"][number];
export type CreateVariantInput = z.infer<typeof createVariantInput>;
export type EditVariantInput = z.infer<typeof editVariantInput>;
export type ChangeStockInput = z.infer<typeof changeStockInput>;
export type ChangeOffersInput = z.infer<typeof changeOffersInput>;
export type SetPricesInput = z.infer<typeof setPricesInput>;
export type PreviewRuleInput = z.infer<typeof previewRuleInput>;
export type RulePreview = z.infer<typeof previewRuleOutput>;
export type SaveRuleInput = z.infer<typeof saveRuleInput>;
export type TablePreview = z.infer<typeof tablePreviewOutput>;
export type TableProblem = z.infer<typeof tableProblemSchema>;
