/** The public surface of the inbox. */

export { ingestConversations } from "./ingest/ingest-conversations";
export { knownClosed, knownHeads } from "./ingest/known-heads";
export { exportInbox } from "./reading/export-inbox";
export { fetchAttachment } from "./reading/fetch-attachment";
export { listConversations } from "./reading/list-conversations";
export { listWaiting } from "./reading/list-waiting";
export { markReadRemotely } from "./reading/mark-read";
export { confirmSends } from "./sending/confirm-sends";
export { deliverNext } from "./sending/deliver-next";
export { type SendingOutlook, sendingOutlook } from "./sending/outlook";
export { releaseScheduled } from "./sending/release-scheduled";
export { sendMessage } from "./sending/send-message";
export { sweepOutbox } from "./sending/sweep-outbox";
export { assign, setLabels, setPriority, setStatus, snooze } from "./team/change-one";
export { addNote } from "./team/notes";
export { requireFilterRows, requireRows } from "./team/require-rows";
export { giveOutQueues, wakeSnoozed } from "./team/wake-snoozed";
export { isVisible, requireVisible, visibleTo } from "./visibility.repository";
