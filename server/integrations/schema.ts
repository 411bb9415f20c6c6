import { z } from "zod";

/** What the browser sends to and gets from the integrations room. Client-safe: no server code behind it. */
export const streamIdSchema = z.enum(["chats", "questions", "reviews", "sales", "products", "orders"]);
export const healthStateSchema = z.enum(["unknown", "ok", "degraded", "auth_failed", "missing_permission", "throttled", "unreachable", "disabled"]);
export const runStatusSchema = z.enum(["queued", "running", "succeeded", "partial", "failed", "cancelled"]);
export const deliveryStatusSchema = z.enum(["stored", "processed", "ignored", "failed", "dead"]);

/** Values for the placeholders of a catalogue text. */
const paramsSchema = z.record(z.string(), z.union([z.string(), z.number()]));
const idInput = z.object({ id: z.uuid() });
const limit = z.number().int().min(1).max(200).default(50);

export const connectionIdInput = idInput;

/** First parts of the codes the catalogue of errors explains (`/integrations/errors#<code>`): the systems, then the house. */
export const EXPLAINED_NAMESPACES = [
  "hepsiburada",
  "ozon",
  "wildberries",
  "yandex-market",
  "rozetka",
  "shopify",
  "remote",
  "http",
  "vault",
  "sync",
  "intake",
  "connection",
] as const;

export const healthOutput = z.object({
  state: healthStateSchema,
  /** Catalogue key of the cause, `integrations.health.<code>`; null while nothing is known. */
  code: z.string().nullable(),
  params: paramsSchema,
  checkedAt: z.date().nullable(),
});

export const connectorOutput = z.object({
  id: z.string(),
  label: z.string(),
  fields: z.array(z.object({ name: z.string(), secret: z.boolean(), optional: z.boolean(), example: z.string().nullable() })),
  streams: z.array(z.object({ id: streamIdSchema, defaultIntervalSeconds: z.number(), minIntervalSeconds: z.number() })),
  hasWebhook: z.boolean(),
  /** The service can be told our address by its API. */
  canSubscribe: z.boolean(),
});

const streamSettings = z.object({ stream: streamIdSchema, isEnabled: z.boolean(), intervalSeconds: z.number().int().min(1).max(86_400) });

/** One line of text a person typed or pasted; keys are pasted with stray spaces. */
const credentialsInput = z.record(z.string().max(60), z.string().trim().max(4_000));

export const createConnectionInput = z.object({
  connectorId: z.string().max(60),
  organizationId: z.uuid(),
  name: z.string().trim().min(1).max(120),
  credentials: credentialsInput,
  isActive: z.boolean().default(true),
  autoSync: z.boolean().default(true),
  streams: z.array(streamSettings).max(10).default([]),
  /** Test stands only: refused unless the operator of the installation allowed that origin. */
  baseUrl: z.url().max(300).optional(),
});

export const updateConnectionInput = z.object({
  id: z.uuid(),
  organizationId: z.uuid().optional(),
  name: z.string().trim().min(1).max(120).optional(),
  /** Only the fields to replace; an empty text keeps the stored value. */
  credentials: credentialsInput.optional(),
  autoSync: z.boolean().optional(),
  streams: z.array(streamSettings).max(10).optional(),
});

export const setActiveInput = z.object({ id: z.uuid(), isActive: z.boolean() });
export const testDraftInput = z.object({ connectorId: z.string().max(60), credentials: credentialsInput, baseUrl: z.url().max(300).optional() });

export const runOutput = z.object({
  id: z.uuid(),
  connectionId: z.uuid(),
  stream: streamIdSchema,
  trigger: z.string(),
  windowFrom: z.date().nullable(),
  windowTo: z.date().nullable(),
  status: runStatusSchema,
  /** received = applied + duplicate + rejected + deadLetter, always. */
  received: z.number(),
  applied: z.number(),
  duplicate: z.number(),
  rejected: z.number(),
  deadLetter: z.number(),
  pages: z.number(),
  stepsTotal: z.number().nullable(),
  stepsDone: z.number(),
  queuedAt: z.date(),
  startedAt: z.date().nullable(),
  endedAt: z.date().nullable(),
  errorCode: z.string().nullable(),
  errorParams: paramsSchema,
  errorText: z.string().nullable(),
  /** What it had to do without; codes as those of errors. */
  warnings: z.array(z.object({ code: z.string(), params: paramsSchema })),
});

export const streamOutput = z.object({
  stream: streamIdSchema,
  isEnabled: z.boolean(),
  intervalSeconds: z.number(),
  minIntervalSeconds: z.number(),
  nextDueAt: z.date(),
  lastSuccessAt: z.date().nullable(),
  lastErrorAt: z.date().nullable(),
  lastErrorCode: z.string().nullable(),
  failures: z.number(),
  lastRun: runOutput.nullable(),
});

export const testOutput = z.object({
  ok: z.boolean(),
  health: healthOutput,
  accountRef: z.string().nullable(),
  accountName: z.string().nullable(),
  subscription: z.string().nullable(),
  credentialsExpireAt: z.date().nullable(),
  missingPermissions: z.array(z.object({ capability: z.string(), permission: z.string() })),
});

export const connectionOutput = z.object({
  id: z.uuid(),
  connectorId: z.string(),
  connectorLabel: z.string(),
  organizationId: z.uuid(),
  name: z.string(),
  isActive: z.boolean(),
  autoSync: z.boolean(),
  baseUrl: z.string().nullable(),
  accountRef: z.string().nullable(),
  health: healthOutput,
  /** Only a definite authentication answer blocks sending; receiving goes on in every state. */
  sendingBlocked: z.boolean(),
  credentialsExpireAt: z.date().nullable(),
  expiry: z.object({ daysLeft: z.number(), level: z.enum(["fine", "soon", "expired"]) }).nullable(),
  /** What may be shown: `…1234` for secrets, the value for public fields. */
  credentialHints: z.record(z.string(), z.string()),
  streams: z.array(streamOutput),
  lastSync: z.object({ at: z.date(), result: z.enum(["success", "error", "running"]), errorCode: z.string().nullable() }).nullable(),
  nextSyncAt: z.date().nullable(),
  /** The oldest success among the enabled streams; null while one of them never succeeded. */
  freshAsOf: z.date().nullable(),
  hasWebhookAddress: z.boolean(),
  /** Set where the service was told the address by its API: when it was last seen to push there, and why it does not. */
  pushes: z.object({ checkedAt: z.date().nullable(), errorCode: z.string().nullable() }).nullable(),
  createdAt: z.date(),
});

export const syncNowInput = z.object({
  id: z.uuid(),
  streams: z.array(streamIdSchema).min(1).max(10),
  /** Without a window the run goes on from where the last one ended; the first one takes the last 30 days. */
  window: z
    .object({ from: z.date(), to: z.date() })
    .refine((window) => window.from < window.to, { message: "from must be before to" })
    .refine((window) => window.to.getTime() - window.from.getTime() <= 370 * 86_400_000, { message: "at most 370 days" })
    .optional(),
});
export const syncNowOutput = z.object({ runs: z.array(runOutput) });

export const listRunsInput = z.object({
  connectionId: z.uuid().optional(),
  stream: streamIdSchema.optional(),
  status: runStatusSchema.optional(),
  before: z.date().optional(),
  limit,
});
export const listRunsOutput = z.object({ runs: z.array(runOutput) });

export const listCallsInput = z.object({
  connectionId: z.uuid().optional(),
  outcome: z.string().max(40).optional(),
  /** Found in the endpoint, the error text, the redacted bodies or the request id. */
  search: z.string().trim().max(200).optional(),
  before: z.date().optional(),
  limit,
});
export const callOutput = z.object({
  id: z.uuid(),
  connectionId: z.uuid(),
  at: z.date(),
  method: z.string(),
  endpoint: z.string(),
  status: z.number().nullable(),
  outcome: z.string(),
  durationMs: z.number(),
  attempt: z.number(),
  requestBytes: z.number(),
  responseBytes: z.number(),
  requestBody: z.string().nullable(),
  responseBody: z.string().nullable(),
  errorText: z.string().nullable(),
  requestId: z.string().nullable(),
});
export const listCallsOutput = z.object({ calls: z.array(callOutput) });

export const listDeliveriesInput = z.object({ connectionId: z.uuid().optional(), status: deliveryStatusSchema.optional(), before: z.date().optional(), limit });
export const deliveryOutput = z.object({
  id: z.uuid(),
  connectionId: z.uuid(),
  eventType: z.string(),
  receivedAt: z.date(),
  status: deliveryStatusSchema,
  attempts: z.number(),
  repeats: z.number(),
  sourceIp: z.string().nullable(),
  processedAt: z.date().nullable(),
  errorCode: z.string().nullable(),
  errorText: z.string().nullable(),
});
export const listDeliveriesOutput = z.object({ deliveries: z.array(deliveryOutput) });
export const deliveryAttemptOutput = z.object({
  number: z.number(),
  startedAt: z.date(),
  endedAt: z.date().nullable(),
  /** Null while it runs; `lost` = the process that ran it ended in the middle. */
  outcome: z.enum(["processed", "ignored", "failed", "dead", "lost"]).nullable(),
  errorCode: z.string().nullable(),
  errorText: z.string().nullable(),
});

/** The body redacted and cut; attempts newest first. */
export const getDeliveryOutput = deliveryOutput.extend({
  headers: z.record(z.string(), z.string()),
  subPath: z.string(),
  body: z.string(),
  attemptLog: z.array(deliveryAttemptOutput),
});

/** Pauses after the first, second, … failed try: a good day in all. Published to people and machines; the durable function keeps it. */
export const RETRY_SCHEDULE_SECONDS = [15, 60, 300, 900, 1_800, 3_600, 7_200, 14_400, 21_600, 21_600, 21_600] as const;

/** A failed delivery is tried again after these pauses, then it waits for a person. */
export const retryScheduleOutput = z.object({ seconds: z.array(z.number()) });

/** Deliveries named one by one, or all dead ones of a connection, oldest first, at most 1 000 a call. */
export const replayDeliveriesInput = z.union([z.object({ deliveryIds: z.array(z.uuid()).min(1).max(500) }), z.object({ connectionId: z.uuid() })]);
export const replayDeliveriesOutput = z.object({ replayed: z.number() });

export const webhookStageSchema = z.enum(["address", "sample", "signature", "reached", "accepted", "stored", "processed"]);
/** What became of a sample push on each part of its way; the first `failed` is what to look at. */
export const webhookTestOutput = z.object({
  stages: z.array(
    z.object({
      stage: webhookStageSchema,
      /** `waiting` = stored, but not worked off within the patience of the test. */
      state: z.enum(["ok", "failed", "waiting", "skipped"]),
      /** Catalogue key `errors.<code>` of what is wrong. */
      code: z.string().nullable(),
      /** The answer's status or the error's own words. */
      detail: z.string().nullable(),
      ms: z.number().nullable(),
    }),
  ),
  deliveryId: z.uuid().nullable(),
});

export const listAlertsInput = z.object({ connectionId: z.uuid().optional(), includeResolved: z.boolean().default(false), limit });
export const alertOutput = z.object({
  id: z.uuid(),
  connectionId: z.uuid(),
  subject: z.enum(["health", "webhooks", "sync", "key_expires"]),
  /** 1 noticed, 2 told, 3 told again. */
  stage: z.number(),
  code: z.string(),
  params: paramsSchema,
  openedAt: z.date(),
  toldAt: z.date().nullable(),
  resolvedAt: z.date().nullable(),
});
export const listAlertsOutput = z.object({ alerts: z.array(alertOutput) });

export const refusedOutput = z.object({ today: z.number() });

export const listDeadLettersInput = z.object({
  connectionId: z.uuid().optional(),
  includeResolved: z.boolean().default(false),
  before: z.date().optional(),
  limit,
});
export const deadLetterOutput = z.object({
  id: z.uuid(),
  connectionId: z.uuid(),
  runId: z.uuid().nullable(),
  deliveryId: z.uuid().nullable(),
  kind: z.string(),
  externalId: z.string().nullable(),
  payload: z.unknown(),
  errorCode: z.string(),
  errorText: z.string(),
  createdAt: z.date(),
  resolvedAt: z.date().nullable(),
});
export const listDeadLettersOutput = z.object({ deadLetters: z.array(deadLetterOutput) });

/** The whole address, shown once: only its hash is kept. */
export const webhookAddressOutput = z.object({ url: z.string() });

export type CreateConnectionInput = z.infer<typeof createConnectionInput>;
export type UpdateConnectionInput = z.infer<typeof updateConnectionInput>;
export type ConnectionView = z.infer<typeof connectionOutput>;
export type ConnectorView = z.infer<typeof connectorOutput>;
export type HealthView = z.infer<typeof healthOutput>;
export type HealthState = z.infer<typeof healthStateSchema>;
export type RunView = z.infer<typeof runOutput>;
export type RunStatus = z.infer<typeof runStatusSchema>;
export type StreamView = z.infer<typeof streamOutput>;
export type TestResult = z.infer<typeof testOutput>;
export type DeliveryView = z.infer<typeof deliveryOutput>;
export type DeliveryDetail = z.infer<typeof getDeliveryOutput>;
export type ReplayDeliveriesInput = z.infer<typeof replayDeliveriesInput>;
export type WebhookTestResult = z.infer<typeof webhookTestOutput>;
export type AlertView = z.infer<typeof alertOutput>;
export type ListAlertsInput = z.infer<typeof listAlertsInput>;
export type CallView = z.infer<typeof callOutput>;
export type ListRunsInput = z.infer<typeof listRunsInput>;
export type ListCallsInput = z.infer<typeof listCallsInput>;
export type ListDeliveriesInput = z.infer<typeof listDeliveriesInput>;
export type ListDeadLettersInput = z.infer<typeof listDeadLettersInput>;
