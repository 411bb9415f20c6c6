import type { InngestFunction } from "inngest";
import { serve } from "inngest/next";
import { env } from "@/server/platform/env";
import { logger } from "@/server/platform/logger";
import { connectClient, inngest } from "./client";
import { createFetchHook } from "./embedded/hook";
import { enginePool } from "./embedded/pool";
import { markReadFunction } from "./functions/inbox/mark-read";
import { sendMessageFunction } from "./functions/inbox/send-message";
import { settleUnknownFunction } from "./functions/inbox/settle-unknown";
import { processDeliveryFunction } from "./functions/intake/process-delivery";
import { purgeCallLogFunction } from "./functions/integrations/purge-call-log";
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
  processDeliveryFunction,
  purgeCallLogFunction,
  sendMessageFunction,
  settleUnknownFunction,
  markReadFunction,
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
