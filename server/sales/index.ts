/** The public surface of the sales room. */

export { compareRevenue, type RevenueComparison } from "./compare-revenue";
export { type ExportWords, exportSales, type SalesExport } from "./export-sales";
export { type IngestSaleLinesInput, ingestSaleLines } from "./ingest-sale-lines";
