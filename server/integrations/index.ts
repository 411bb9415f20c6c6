/** The public surface of the integrations room. */
export { purgeCallLog } from "./connections/calls";
export { createWebhookAddress } from "./connections/create-webhook-address";
export { credentialStore } from "./connections/credential-store";
export { describeMessaging, openMessaging, reportOutcome } from "./connections/messaging";
export { type OpenConnection, openConnection } from "./connections/open-connection";
export { changeConnection, createConnection } from "./connections/save-connection";
export { removeConnection, setActive } from "./connections/set-active";
export { checkCredentials, connectionsToCheck, testConnection, testDraft } from "./connections/test-connection";
export { tokenStore } from "./connections/token-store";
export { getConnection, listConnections } from "./connections/view";
export { listDeliveries, replayDelivery } from "./intake/deliveries";
export { beginAttempt, reopenDelivery, settleDelivery } from "./intake/delivery.repository";
export { receiveWebhook } from "./intake/receive-webhook";
export { refusedToday } from "./intake/refusals";
export { findConnector, listConnectors } from "./registry";
export {
  type DeadLetterRow,
  findDeadLetter,
  keepDeadLetters,
  listDeadLetters,
  noteReplayFailure,
  requestDeadLetterReplay,
  resolveArrived,
  resolveDeadLetters,
} from "./sync/dead-letters";
export { abandonRun, cancelRun, type RunRef, recordPullFailure } from "./sync/end-run";
export { errorCodeOf } from "./sync/error-code";
export { lockPage, type PageTicket, storePage, takePage } from "./sync/page";
export { planDueStreams, queueRun, syncNow } from "./sync/queue-run";
export type { PageCounts } from "./sync/rules";
