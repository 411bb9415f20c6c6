/** The public surface of the catalog. */
export { type IngestProductsInput, ingestProducts } from "./ingest-products";
export { productNames } from "./product-names";
