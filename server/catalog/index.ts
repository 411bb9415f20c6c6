/** The public surface of the catalog. */
export { ingestProducts } from "./ingest-products";
export { listProducts } from "./list-products";
export { productNames } from "./product-names";
export { pushOffers } from "./pushing/push-offers";
export { sweepOffers } from "./pushing/sweep-offers";
export { type ReservingLine, type ReservingOrder, settleReservations } from "./stock/settle-reservations";
