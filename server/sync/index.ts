/** Carries what connectors pull or are told by pushes into the rooms that keep it. */
export { buryDeliveries, type DeliveriesRef, processDeliveries } from "./process-deliveries";
export { replayDeadLetter } from "./replay-dead-letter";
export { runNextPage, runPages } from "./run-next-page";
export { type StreamVerdict, verifyConnection } from "./verify-connection";
