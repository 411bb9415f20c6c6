/** The public surface of the sales room. */

export { compareRevenue } from "./compare-revenue";
export { exportSales } from "./export-sales";
export { ingestSaleLines } from "./ingest-sale-lines";
export { listSales } from "./list-sales";
export type { SumGaps } from "./recount.repository";
export { recountSums } from "./recount-sums";
