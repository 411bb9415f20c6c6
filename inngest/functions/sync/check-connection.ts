import { checkRequested } from "@/server/integrations/events";
import { checkCredentials } from "@/server/integrations/index";
import { inngest } from "../../client";

/** Asks about a new connection or a new key at once, so that permissions, account and expiry are known before anybody needs them. */
export const checkConnectionFunction = inngest.createFunction(
  { id: "sync-check-connection", triggers: [checkRequested], retries: 3, concurrency: [{ key: "event.data.connectionId", limit: 1 }] },
  ({ event, step }) => step.run("check", () => checkCredentials(event.data)),
);
