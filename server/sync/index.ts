/** Carries what connectors pull or are told by pushes into the rooms that keep it. */
export { buryDelivery, type DeliveryRef, processDelivery } from "./process-delivery";
export { replayDeadLetter } from "./replay-dead-letter";
export { runNextPage, runPages } from "./run-next-page";
export { type StreamVerdict, verifyConnection } from "./verify-connection";
