import { z } from "zod";

/** What the browser sends to and gets from the sales room. Client-safe: no server code behind it. */
export const saleKindSchema = z.enum(["sale", "return", "fee", "correction"]);
/** A day of the service's calendar, YYYY-MM-DD. */
export const daySchema = z.iso.date();
export const groupingSchema = z.enum(["day", "product", "organization", "connection", "marketplace"]);

/** final: in the service's accounts · preliminary: not yet, and counted · superseded: preliminary, and a final one counts instead. */
export const settlementSchema = z.enum(["final", "preliminary", "superseded"]);

/** Without dates: the last 30 days. */
export const saleFiltersInput = z.object({
  from: daySchema.optional(),
  to: daySchema.optional(),
  connectionIds: z.array(z.uuid()).max(100).optional(),
  organizationIds: z.array(z.uuid()).max(100).optional(),
  marketplaces: z.array(z.string().max(60)).max(20).optional(),
  kinds: z.array(saleKindSchema).max(4).optional(),
  sku: z.string().trim().max(100).optional(),
  /** Found in description, order and posting number, product name, offer id. */
  search: z.string().trim().max(200).optional(),
  possibleDuplicates: z.boolean().optional(),
  /** Absent: everything that counts. */
  settlement: settlementSchema.optional(),
});

export const saleCursorSchema = z.object({ date: daySchema, id: z.uuid() });
export const listSalesInput = saleFiltersInput.extend({ cursor: saleCursorSchema.optional(), limit: z.number().int().min(1).max(500).default(100) });

export const saleLineOutput = z.object({
  id: z.uuid(),
  organizationId: z.uuid(),
  connectionId: z.uuid().nullable(),
  marketplace: z.string(),
  kind: saleKindSchema,
  date: daySchema,
  /** Negative for returns, like the revenue. */
  quantity: z.number(),
  revenueMinor: z.bigint(),
  feesMinor: z.bigint(),
  payoutMinor: z.bigint().nullable(),
  currency: z.string(),
  description: z.string(),
  orderNumber: z.string().nullable(),
  postingNumber: z.string().nullable(),
  sku: z.string().nullable(),
  offerId: z.string().nullable(),
  productName: z.string().nullable(),
  isPreliminary: z.boolean(),
  /** A final line counts in its place. */
  isSuperseded: z.boolean(),
  isManual: z.boolean(),
  /** The line this one may repeat: same date, marketplace, organization and revenue, and no id of the service's own. */
  possibleDuplicateOfId: z.uuid().nullable(),
});
const periodOutput = z.object({ from: daySchema, to: daySchema });
export const listSalesOutput = z.object({ period: periodOutput, lines: z.array(saleLineOutput), nextCursor: saleCursorSchema.nullable() });

const sumsOutput = z.object({
  currency: z.string(),
  lines: z.number(),
  quantity: z.number(),
  revenueMinor: z.bigint(),
  /** The part of the revenue that is returns: zero or negative. */
  returnsMinor: z.bigint(),
  feesMinor: z.bigint(),
  payoutMinor: z.bigint(),
});
export const totalSalesInput = saleFiltersInput.extend({ by: groupingSchema, limit: z.number().int().min(1).max(1_000).default(400) });
export const totalSalesOutput = z.object({
  period: periodOutput,
  /** One line a currency: amounts of different currencies are never added. */
  overall: z.array(sumsOutput),
  /** By day: newest first; otherwise by revenue, largest first. */
  groups: z.array(sumsOutput.extend({ key: z.string(), label: z.string().nullable() })),
});

/** Every day of the period, also those without sales, one series a currency. */
export const revenueSeriesOutput = z.object({
  period: periodOutput,
  series: z.array(z.object({ currency: z.string(), days: z.array(z.object({ date: daySchema, revenueMinor: z.bigint(), quantity: z.number() })) })),
});

export const createSaleLineInput = z.object({
  organizationId: z.uuid(),
  marketplace: z.string().trim().min(1).max(60),
  kind: saleKindSchema,
  date: daySchema,
  quantity: z.number().int().min(-100_000).max(100_000),
  revenueMinor: z.bigint().min(-1_000_000_000_000_000n).max(1_000_000_000_000_000n),
  currency: z.string().regex(/^[A-Z]{3}$/),
  description: z.string().trim().min(1).max(300),
  orderNumber: z.string().trim().max(100).optional(),
  sku: z.string().trim().max(100).optional(),
  productName: z.string().trim().max(300).optional(),
});
export const createSaleLineOutput = z.object({ id: z.uuid(), possibleDuplicateOfId: z.uuid().nullable() });

export const exportFormatSchema = z.enum(["csv", "xlsx"]);
/** The filters as an address carries them: lists separated by commas. */
const listParameter = z
  .string()
  .transform((value) => value.split(",").filter((entry) => entry !== ""))
  .optional();
export const exportSalesQuery = z.object({
  format: exportFormatSchema,
  /** Excel in Russian, Ukrainian and Turkish opens only semicolons in columns. */
  separator: z.enum(["comma", "semicolon"]).default("comma"),
  from: daySchema.optional(),
  to: daySchema.optional(),
  connectionIds: listParameter.pipe(z.array(z.uuid()).max(100).optional()),
  organizationIds: listParameter.pipe(z.array(z.uuid()).max(100).optional()),
  marketplaces: listParameter.pipe(z.array(z.string().max(60)).max(20).optional()),
  kinds: listParameter.pipe(z.array(saleKindSchema).max(4).optional()),
  sku: z.string().trim().max(100).optional(),
  search: z.string().trim().max(200).optional(),
  possibleDuplicates: z
    .enum(["true", "false"])
    .transform((value) => value === "true")
    .optional(),
});

/** Columns of an export, in their order; headings are `sales-export.columns.<name>`. */
export const EXPORT_COLUMNS = [
  "date",
  "marketplace",
  "organization",
  "connection",
  "kind",
  "orderNumber",
  "postingNumber",
  "sku",
  "offerId",
  "productName",
  "description",
  "quantity",
  "revenue",
  "fees",
  "payout",
  "currency",
  "preliminary",
  "possibleDuplicate",
] as const;
export type ExportColumn = (typeof EXPORT_COLUMNS)[number];

export type SaleFilters = z.infer<typeof saleFiltersInput>;
export type ListSalesInput = z.infer<typeof listSalesInput>;
export type SaleLineView = z.infer<typeof saleLineOutput>;
export type SaleKind = z.infer<typeof saleKindSchema>;
export type SaleSums = z.infer<typeof sumsOutput>;
export type TotalSalesInput = z.infer<typeof totalSalesInput>;
export type TotalSales = z.infer<typeof totalSalesOutput>;
export type RevenueSeries = z.infer<typeof revenueSeriesOutput>;
export type CreateSaleLineInput = z.infer<typeof createSaleLineInput>;
export type Grouping = z.infer<typeof groupingSchema>;
export type ExportSalesQuery = z.infer<typeof exportSalesQuery>;
export type Settlement = z.infer<typeof settlementSchema>;
