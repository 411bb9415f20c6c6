/** The public surface of the orders room. */

export { confirmChanges } from "./changing/confirm-changes";
export { deliverNextChange } from "./changing/deliver-next-change";
export { requestChange } from "./changing/request-change";
export { sweepChanges } from "./changing/sweep-changes";
export { ingestOrders } from "./ingest/ingest-orders";
export { exportOrders } from "./reading/export-orders";
export { getOrder } from "./reading/get-order";
export { listOrders } from "./reading/list-orders";
export { type PickedOrder, type PickList, pickList } from "./reading/pick-list";
