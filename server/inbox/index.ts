/** The public surface of the inbox. */

export { confirmSends } from "./confirm-sends";
export { deliverNext } from "./deliver-next";
export { fetchAttachment } from "./fetch-attachment";
export { ingestConversations } from "./ingest-conversations";
export { knownClosed, knownHeads } from "./known-heads";
export { listWaiting } from "./list-waiting";
export { markReadRemotely } from "./mark-read";
export { sweepOutbox } from "./sweep-outbox";
