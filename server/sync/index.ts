/** Carries what connectors pull or are told by pushes into the rooms that keep it. */
export { buryDelivery, type DeliveryOutcome, type DeliveryRef, processDelivery } from "./process-delivery";
export { type DeadLetterRef, replayDeadLetter } from "./replay-dead-letter";
export { type PageDeps, type PageOutcome, runNextPage, runPages } from "./run-next-page";
