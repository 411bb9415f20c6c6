/** The public surface of the integrations room. */
export { watchConnections } from "./alerts/watch-connections";
export { listCalls, purgeCallLog } from "./connections/calls";
export { createWebhookAddress } from "./connections/create-webhook-address";
export { credentialStore } from "./connections/credential-store";
export { describeMessaging, openMessaging, reportOutcome } from "./connections/messaging";
export { type OpenConnection, openConnection } from "./connections/open-connection";
export { changeConnection, createConnection } from "./connections/save-connection";
export { removeConnection, setActive } from "./connections/set-active";
export { checkCredentials, connectionsToCheck, testConnection, testDraft } from "./connections/test-connection";
export { tokenStore } from "./connections/token-store";
export { getConnection, listConnections } from "./connections/view";
export { listErrorCodes } from "./errors/list-error-codes";
export { beginAttempt, beginAttempts, settleDeliveries, settleDelivery } from "./intake/attempt.repository";
export { gatherBurst, handOver, listBurst, listBurstIds, ring } from "./intake/burst.repository";
export { checkPushes, connectionsWithPushes } from "./intake/check-pushes";
export { listDeliveries, replayDelivery } from "./intake/deliveries";
export { reopenDelivery } from "./intake/delivery.repository";
export { answerPush, openWebhookDoor } from "./intake/door";
export { bodyOfStream } from "./intake/read-body";
export { receiveWebhookRequest } from "./intake/receive-request";
export { receiveWebhook } from "./intake/receive-webhook";
export { refusedToday } from "./intake/refusals";
export { retryPauseMs } from "./intake/rules";
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
