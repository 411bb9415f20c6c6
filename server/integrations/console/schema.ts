import { z } from "zod";
import { streamIdSchema } from "../schema";

/** Days kept by the call log. */
export const MOST_DAYS = 30;

export const metricsInput = z.object({ connectionId: z.uuid(), days: z.number().int().min(1).max(MOST_DAYS).default(7) });

const share = z.number().min(0).max(1);
const calls = {
  calls: z.number().int(),
  /** Answers that were no success, whoever's fault. */
  errors: z.number().int(),
  /** Share of calls the service answered at all (no time-out, no 5xx, no dropped line); null = no calls. */
  availability: share.nullable(),
  /** Milliseconds until the answer, of those that were answered; null = none was. */
  medianMs: z.number().nullable(),
  p95Ms: z.number().nullable(),
  bytes: z.number(),
};

/** received = applied + duplicate + rejected + deadLetter, of what polls and pushes brought that day. */
const conservation = z.object({
  received: z.number().int(),
  applied: z.number().int(),
  duplicate: z.number().int(),
  rejected: z.number().int(),
  deadLetter: z.number().int(),
  balances: z.boolean(),
});

export const metricsOutput = z.object({
  total: z.object({ ...calls, runs: z.number().int(), failedRuns: z.number().int() }),
  days: z.array(
    z.object({
      /** YYYY-MM-DD in UTC, as the call log is kept. */
      day: z.string(),
      ...calls,
      runs: z.number().int(),
      failedRuns: z.number().int(),
      conservation: conservation.nullable(),
    }),
  ),
  /** The busiest endpoints of the whole stretch. */
  endpoints: z.array(z.object({ endpoint: z.string(), ...calls })),
  /** What the service allows, and how much of it is free now. */
  headroom: z.array(
    z.object({
      group: z.string(),
      points: z.number().int(),
      perSeconds: z.number(),
      /** Share of the allowed calls that could be made at once now. */
      free: share,
      /** Until then the service lets nobody call; null = it does. */
      shutUntil: z.date().nullable(),
    }),
  ),
});

/** Codes met by a connection, newest first; a code that came in several places stands once for each. */
export const metErrorsOutput = z.object({
  errors: z.array(
    z.object({
      place: z.enum(["runs", "warnings", "records", "pushes", "calls"]),
      code: z.string(),
      count: z.number().int(),
      lastAt: z.date(),
    }),
  ),
});

export const capabilitySchema = z.enum([...streamIdSchema.options, "send", "stock", "price", "order_changes"]);

/** Everything about credentials but themselves. */
export const credentialsOutput = z.object({
  /** Counts up with every change; 1 = as they were first entered. */
  version: z.number().int(),
  changedAt: z.date().nullable(),
  permissions: z.array(
    z.object({
      capability: capabilitySchema,
      /** As the last successful test told it. */
      state: z.enum(["granted", "missing", "unknown"]),
      permission: z.string().nullable(),
    }),
  ),
  lastCallAt: z.date().nullable(),
  lastRuns: z.array(z.object({ stream: streamIdSchema, at: z.date() })),
  /** Newest first, at most 50. */
  accessLog: z.array(
    z.object({
      entryId: z.uuid(),
      at: z.date(),
      action: z.string(),
      actorKind: z.string(),
      actorName: z.string().nullable(),
      ip: z.string().nullable(),
      purpose: z.string().nullable(),
      /** Names of the fields that were given, never values. */
      fields: z.array(z.string()),
    }),
  ),
});

export const connectionOnlyInput = z.object({ connectionId: z.uuid() });
export const checkpointsOutput = z.array(
  z.object({
    stream: streamIdSchema,
    /** The connector's own position, as JSON text; null = it starts from the beginning. */
    checkpoint: z.string().nullable(),
    checkpointAt: z.date().nullable(),
  }),
);
export const rewindInput = z.object({ connectionId: z.uuid(), stream: streamIdSchema });

export type MetricsInput = z.infer<typeof metricsInput>;
export type MetErrors = z.infer<typeof metErrorsOutput>;
export type CredentialsView = z.infer<typeof credentialsOutput>;
export type Metrics = z.infer<typeof metricsOutput>;
export type Checkpoint = z.infer<typeof checkpointsOutput>[number];
export type RewindInput = z.infer<typeof rewindInput>;
