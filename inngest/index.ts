import type { InngestFunction } from "inngest";
import { serve } from "inngest/next";
import { env } from "@/server/platform/env";
import { logger } from "@/server/platform/logger";
import { connectClient, inngest } from "./client";
import { createFetchHook } from "./embedded/hook";
import { enginePool } from "./embedded/pool";
import { purgeRequestsFunction } from "./functions/api/purge-requests";
import { pushPricesFunction, pushStockFunction } from "./functions/catalog/push-offers";
import { sweepOffersFunction } from "./functions/catalog/sweep-offers";
import { heedOutageFunction } from "./functions/deadlines/heed-outage";
import { recomputeDeadlinesFunction } from "./functions/deadlines/recompute-deadlines";
import { watchDeadlinesFunction } from "./functions/deadlines/watch-deadlines";
import { heedBuyerFunction } from "./functions/follow-ups/heed-buyer";
import { planFollowUpsFunction } from "./functions/follow-ups/plan-follow-ups";
import { sendFollowUpFunction } from "./functions/follow-ups/send-follow-up";
import { sweepFollowUpsFunction } from "./functions/follow-ups/sweep-follow-ups";
import { markReadFunction } from "./functions/inbox/mark-read";
import { releaseScheduledFunction } from "./functions/inbox/release-scheduled";
import { sendMessageFunction } from "./functions/inbox/send-message";
import { settleUnknownFunction } from "./functions/inbox/settle-unknown";
import { wakeSnoozedFunction } from "./functions/inbox/wake-snoozed";
import { processDeliveriesFunction } from "./functions/intake/process-deliveries";
import { checkPushesFunction } from "./functions/integrations/check-pushes";
import { purgeCallLogFunction } from "./functions/integrations/purge-call-log";
import { watchConnectionsFunction } from "./functions/integrations/watch-connections";
import { deliverNoticesFunction } from "./functions/notifications/deliver-notices";
import { planTelegramPollsFunction } from "./functions/notifications/plan-telegram-polls";
import { pollTelegramFunction } from "./functions/notifications/poll-telegram";
import { purgeNoticesFunction } from "./functions/notifications/purge-notices";
import { sweepDeliveriesFunction } from "./functions/notifications/sweep-deliveries";
import { tellAssignedFunction } from "./functions/notifications/tell-assigned";
import { tellConnectionFunction } from "./functions/notifications/tell-connection";
import { tellDeadlineBreachedFunction, tellDeadlineNearFunction } from "./functions/notifications/tell-deadline";
import { tellMentionedFunction } from "./functions/notifications/tell-mentioned";
import { tellNewMessageFunction } from "./functions/notifications/tell-new-message";
import { tellOrderChangeFailedFunction } from "./functions/notifications/tell-order-change-failed";
import { tellSendFailedFunction } from "./functions/notifications/tell-send-failed";
import { sendOrderChangeFunction } from "./functions/orders/send-order-change";
import { settleUnknownChangesFunction } from "./functions/orders/settle-unknown-changes";
import { checkConnectionFunction } from "./functions/sync/check-connection";
import { checkCredentialsFunction } from "./functions/sync/check-credentials";
import { planDueStreamsFunction } from "./functions/sync/plan-due-streams";
import { replayDeadLetterFunction } from "./functions/sync/replay-dead-letter";
import { runStream } from "./functions/sync/run-stream";

/** The served list: every function of `inngest/functions/<module>/`, one import and one entry each. */
export const functions: InngestFunction.Any[] = [
  planDueStreamsFunction,
  runStream,
  checkConnectionFunction,
  checkCredentialsFunction,
  replayDeadLetterFunction,
  processDeliveriesFunction,
  purgeCallLogFunction,
  purgeRequestsFunction,
  watchConnectionsFunction,
  checkPushesFunction,
  pushStockFunction,
  pushPricesFunction,
  sweepOffersFunction,
  sendMessageFunction,
  releaseScheduledFunction,
  wakeSnoozedFunction,
  settleUnknownFunction,
  markReadFunction,
  watchDeadlinesFunction,
  recomputeDeadlinesFunction,
  heedOutageFunction,
  planFollowUpsFunction,
  sendFollowUpFunction,
  heedBuyerFunction,
  sweepFollowUpsFunction,
  deliverNoticesFunction,
  planTelegramPollsFunction,
  pollTelegramFunction,
  purgeNoticesFunction,
  sweepDeliveriesFunction,
  tellAssignedFunction,
  tellConnectionFunction,
  tellDeadlineNearFunction,
  tellDeadlineBreachedFunction,
  tellMentionedFunction,
  tellNewMessageFunction,
  tellSendFailedFunction,
  tellOrderChangeFailedFunction,
  sendOrderChangeFunction,
  settleUnknownChangesFunction,
];

const network: typeof fetch = (input, init) => globalThis.fetch(input, init);

connectClient({
  transport: env.ENGINE === "embedded" ? createFetchHook(enginePool(env.DATABASE_URL, env.WORKER_CONCURRENCY)) : network,
  logger: sdkLogger(),
});

/** The SDK logs text first and facts after it; pino wants facts first. */
function sdkLogger() {
  const own = logger.child({ source: "inngest" });
  const write =
    (level: "debug" | "info" | "warn" | "error") =>
    (first: unknown, ...rest: unknown[]) => {
      if (typeof first === "string") own[level]({ facts: rest.length === 0 ? undefined : rest }, first);
      else own[level]({ facts: first }, rest.map(String).join(" "));
    };
  return { debug: write("debug"), info: write("info"), warn: write("warn"), error: write("error") };
}

/**
 * The served handler: mounted at /api/inngest, and called in-process by the embedded engine. Requests must be signed. Only an
 * Inngest server may be told by a bare `curl -X PUT` after a deploy to fetch the functions; it answers to its own address.
 */
export const handler = serve({ client: inngest, functions, enableUnauthedSync: env.ENGINE === "inngest" });
