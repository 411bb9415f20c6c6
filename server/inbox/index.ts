/** The public surface of the inbox. */
export { deliverNext, type Delivery, DELIVERY_DEPS, type DeliveryDeps } from "./deliver-next";
export { fetchAttachment, type FetchedAttachment } from "./fetch-attachment";
export { ingestConversations, type IngestConversationsInput, type IngestResult } from "./ingest-conversations";
export { knownClosed, knownHeads } from "./known-heads";
export { confirmSends } from "./confirm-sends";
export { markReadRemotely } from "./mark-read";
export { sweepOutbox } from "./sweep-outbox";
export { listWaiting, type WaitingConversations } from "./list-waiting";
