/** The public surface of the notices. */
export { deliverDue } from "./delivery/deliver-due";
export { sweepDeliveries } from "./delivery/sweep-deliveries";
export { tellAssigned, tellConnection, tellDeadline, tellMentioned, tellNewMessage, tellOrderChangeFailed, tellSendFailed } from "./notify/tell";
export { purgeNotices } from "./purge-notices";
export { planTelegramPolls, pollTelegram } from "./telegram/poll-updates";
export { receiveTelegramWebhook, SECRET_HEADER } from "./telegram/receive-webhook";
export { noticeTransportStore } from "./transports/transport-store";
