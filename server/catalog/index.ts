/** The public surface of the catalog. */
export { ingestProducts } from "./ingest-products";
export { productNames } from "./product-names";
