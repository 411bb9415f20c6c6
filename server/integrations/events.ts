import { z } from "zod";
import { defineEvent } from "@/server/platform/events";

const run = z.object({ workspaceId: z.string(), runId: z.string(), connectionId: z.string(), stream: z.string() });

/** A sync run was queued; `inngest/functions/sync/run-stream` carries it out. */
export const runRequested = defineEvent("integrations/run.requested", run);

/**
 * Pushes of one connection were stored and answered; `inngest/functions/intake/process-deliveries` works them off, with those that
 * came after them. Their burst has the id of the first one, unless it is given.
 */
export const deliveriesStored = defineEvent(
  "integrations/deliveries.stored",
  z.object({ workspaceId: z.string(), connectionId: z.string(), deliveryIds: z.array(z.string()).min(1), burstId: z.string().optional() }),
);

/** A person asked to apply a dead letter again. */
export const deadLetterReplayRequested = defineEvent(
  "integrations/dead-letter.replay-requested",
  z.object({ workspaceId: z.string(), deadLetterId: z.string(), connectionId: z.string() }),
);

/** A connection is new or has a new key: what it may do, whose it is and when it expires is to be asked. */
export const checkRequested = defineEvent("integrations/connection.check-requested", z.object({ workspaceId: z.string(), connectionId: z.string() }));

/** An alert was told, is told again, or is over. `code` is a health state or `webhooks_dead` | `webhooks_failing` | `pushes_gone` | `sync_failing` | `key_expires`. */
export const alertChanged = defineEvent(
  "integrations/connection.alert-changed",
  z.object({ workspaceId: z.string(), connectionId: z.string(), alertId: z.string(), code: z.string(), stage: z.number(), resolved: z.boolean() }),
);

/** A connection does better or worse than before. States and codes are those of its health. */
export const healthChanged = defineEvent(
  "integrations/connection.health-changed",
  z.object({ workspaceId: z.string(), connectionId: z.string(), before: z.string(), state: z.string(), code: z.string().nullable() }),
);
