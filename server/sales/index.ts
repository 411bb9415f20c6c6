/** The public surface of the sales room. */
export { exportSales, type ExportWords, type SalesExport } from "./export-sales";
export { ingestSaleLines, type IngestSaleLinesInput } from "./ingest-sale-lines";
export { compareRevenue, type RevenueComparison } from "./compare-revenue";
