/** The public surface of the inbox. */

export { confirmSends } from "./confirm-sends";
export { DELIVERY_DEPS, type Delivery, type DeliveryDeps, deliverNext } from "./deliver-next";
export { type FetchedAttachment, fetchAttachment } from "./fetch-attachment";
export { type IngestConversationsInput, type IngestResult, ingestConversations } from "./ingest-conversations";
export { knownClosed, knownHeads } from "./known-heads";
export { listWaiting, type WaitingConversations } from "./list-waiting";
export { markReadRemotely } from "./mark-read";
export { sweepOutbox } from "./sweep-outbox";
