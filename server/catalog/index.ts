/** The public surface of the catalog. */
export { ingestProducts, type IngestProductsInput } from "./ingest-products";
export { productNames } from "./product-names";
