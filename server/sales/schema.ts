import { z } from "zod";

/** What the browser sends to and gets from the sales room. Client-safe: no server code behind it. */
export const saleKindSchema = z.enum(["sale", "return", "fee", "correction"]);
/** A day of the service's calendar, YYYY-MM-DD. */
export const daySchema = z.iso.date();
export const groupingSchema = z.enum(["day", "product", "organization", "connection", "marketplace"]);

/** final: in the service's accounts · preliminary: not yet, and counted · superseded: preliminary, and a final one counts instead. */
export const settlementSchema = z.enum(["final", "preliminary", "superseded"]);
export const havingSchema = z.enum(["fees", "payout"]);
/** ISO 4217. */
const currencySchema = z.string().regex(/^[A-Z]{3}$/);

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
  /** Lines one file brought. */
  importId: z.uuid().optional(),
  currency: currencySchema.optional(),
  /** Lines a total is made of: those with fees, or with a payout told. */
  having: havingSchema.optional(),
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
  /** The order it belongs to, where Karavan knows it. */
  orderId: z.uuid().nullable(),
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
  currency: currencySchema,
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
  settlement: settlementSchema.optional(),
  importId: z.uuid().optional(),
  currency: currencySchema.optional(),
  having: havingSchema.optional(),
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
  // By it a file that comes back is recognised line by line.
  "lineId",
] as const;
export type ExportColumn = (typeof EXPORT_COLUMNS)[number];

/** What a file may bring of a line; `lineId` is the id the line has where it comes from. */
export const IMPORT_FIELDS = [
  "date",
  "revenue",
  "currency",
  "kind",
  "quantity",
  "fees",
  "payout",
  "description",
  "orderNumber",
  "postingNumber",
  "sku",
  "offerId",
  "productName",
  "marketplace",
  "organization",
  "connection",
  "preliminary",
  "lineId",
] as const;
export const importFieldSchema = z.enum(IMPORT_FIELDS);
/** The only bytes and lines one file may have: more is several files. */
export const MOST_IMPORT_BYTES = 10_000_000;
export const MOST_IMPORT_LINES = 50_000;

/** Where the lines belong: all to one shop, all to one marketplace of an organization, or each as its own cells say. */
export const importTargetSchema = z.discriminatedUnion("by", [
  z.object({ by: z.literal("connection"), connectionId: z.uuid() }),
  z.object({ by: z.literal("organization"), organizationId: z.uuid(), marketplace: z.string().trim().min(1).max(60) }),
  z.object({ by: z.literal("columns") }),
]);
export const csvSeparatorSchema = z.enum(["comma", "semicolon", "tab"]);
/** Order of day, month and year. */
export const dateOrderSchema = z.enum(["ymd", "dmy", "mdy"]);
export const decimalMarkSchema = z.enum(["comma", "point"]);

export const readImportInput = z.object({
  text: z.string().min(1).max(MOST_IMPORT_BYTES),
  target: importTargetSchema,
  /** Absent is recognised. */
  separator: csvSeparatorSchema.optional(),
  dateOrder: dateOrderSchema.optional(),
  decimalMark: decimalMarkSchema.optional(),
  /** Of lines whose cells name none. */
  currency: currencySchema.optional(),
  /** Position of the column of a field, null = none; what is not named is recognised by its heading. */
  columns: z.partialRecord(importFieldSchema, z.number().int().min(0).max(500).nullable()).default({}),
});
export const carryOutImportInput = readImportInput.extend({ fileName: z.string().trim().min(1).max(255) });
export const saleImportIdInput = z.object({ importId: z.uuid() });

/** Why a line of a file cannot be stored. */
export const importFaultSchema = z.enum([
  "no_date",
  "bad_date",
  "future_date",
  "no_revenue",
  "bad_revenue",
  "bad_fees",
  "bad_payout",
  "bad_quantity",
  "no_currency",
  "bad_currency",
  "currency_differs",
  "bad_kind",
  "bad_preliminary",
  "no_organization",
  "unknown_organization",
  "no_marketplace",
  "unknown_connection",
  "ambiguous_connection",
  "repeated_id",
  "too_long",
  "extra_cells",
]);
export const importStatusSchema = z.enum(["fresh", "known"]);
const importLineOutput = z.object({
  /** In the file, as an editor counts. */
  line: z.number(),
  /** known: it is here already, and stays as it is. */
  status: importStatusSchema,
  isPossibleDuplicate: z.boolean(),
  date: daySchema,
  kind: saleKindSchema,
  quantity: z.number(),
  revenueMinor: z.bigint(),
  feesMinor: z.bigint(),
  payoutMinor: z.bigint().nullable(),
  currency: z.string(),
  description: z.string(),
  orderNumber: z.string().nullable(),
  sku: z.string().nullable(),
  productName: z.string().nullable(),
  marketplace: z.string(),
  organizationName: z.string(),
  connectionName: z.string().nullable(),
});
const importTotalsOutput = z.object({
  currency: z.string(),
  lines: z.number(),
  revenueMinor: z.bigint(),
  feesMinor: z.bigint(),
  payoutMinor: z.bigint(),
});
export const importPreviewOutput = z.object({
  separator: csvSeparatorSchema,
  /** Null = there is nothing to tell it by. `isSure`: the cells leave no other reading. */
  dateOrder: z.object({ value: dateOrderSchema, isSure: z.boolean() }).nullable(),
  decimalMark: z.object({ value: decimalMarkSchema, isSure: z.boolean() }).nullable(),
  /** The line of the headings; what stands above it is left out. */
  headingLine: z.number(),
  headings: z.array(z.object({ name: z.string(), sample: z.string() })),
  columns: z.record(importFieldSchema, z.number().nullable()),
  /** Without a column of these nothing can be stored. */
  missing: z.array(importFieldSchema),
  /** rows = fresh + known + rejected; possible duplicates are among the fresh ones. */
  counts: z.object({
    rows: z.number(),
    fresh: z.number(),
    known: z.number(),
    /** Known ones whose day, kind or revenue here is another. */
    differing: z.number(),
    possibleDuplicates: z.number(),
    rejected: z.number(),
  }),
  /** Of the fresh lines, one a currency. */
  totals: z.array(importTotalsOutput),
  /** The first ones as they will be stored. */
  lines: z.array(importLineOutput),
  /** The first ones, and why. */
  rejected: z.array(z.object({ line: z.number(), fault: importFaultSchema, value: z.string() })),
  /** What was made of signs: returns and charges that the file writes as positive amounts are stored as negative ones. */
  turned: z.object({ returns: z.number(), fees: z.number() }),
  /** Amounts with more decimals than their currency has. */
  rounded: z.number(),
  /** When this very file was imported before. */
  importedAt: z.date().nullable(),
});
export const importResultOutput = z.object({
  /** Null = there was nothing new. */
  importId: z.uuid().nullable(),
  added: z.number(),
  known: z.number(),
  possibleDuplicates: z.number(),
  rejected: z.number(),
});
export const saleImportOutput = z.object({
  id: z.uuid(),
  fileName: z.string(),
  at: z.date(),
  byName: z.string().nullable(),
  rows: z.number(),
  added: z.number(),
  known: z.number(),
  possibleDuplicates: z.number(),
  rejected: z.number(),
  from: daySchema,
  to: daySchema,
  totals: z.array(z.object({ currency: z.string(), revenueMinor: z.bigint() })),
  undoneAt: z.date().nullable(),
  undoneByName: z.string().nullable(),
});
export const listImportsOutput = z.object({ imports: z.array(saleImportOutput) });
export const undoImportOutput = z.object({
  removed: z.number(),
  /** Lines the service itself has told of since: they are its own now. */
  kept: z.number(),
});

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
export type ImportField = z.infer<typeof importFieldSchema>;
export type ImportFault = z.infer<typeof importFaultSchema>;
export type ImportTarget = z.infer<typeof importTargetSchema>;
export type ReadImportInput = z.infer<typeof readImportInput>;
export type CarryOutImportInput = z.infer<typeof carryOutImportInput>;
export type ImportPreview = z.infer<typeof importPreviewOutput>;
export type ImportLine = z.infer<typeof importLineOutput>;
export type ImportResult = z.infer<typeof importResultOutput>;
export type SaleImport = z.infer<typeof saleImportOutput>;
export type CsvSeparatorName = z.infer<typeof csvSeparatorSchema>;
export type DateOrder = z.infer<typeof dateOrderSchema>;
export type DecimalMark = z.infer<typeof decimalMarkSchema>;
