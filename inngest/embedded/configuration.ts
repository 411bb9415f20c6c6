import { z } from "zod";

/**
 * A function's configuration as the served handler reports it (in-band sync). Objects are strict: an option this engine has
 * never heard of is refused at start-up instead of being silently ignored.
 */
const triggerSchema = z.strictObject({
  event: z.string().optional(),
  expression: z.string().nullish(),
  cron: z.string().optional(),
  jitter: z.string().nullish(),
});

const concurrencyEntrySchema = z.strictObject({
  limit: z.number().int().min(0),
  key: z.string().nullish(),
  scope: z.enum(["fn", "env", "account"]).nullish(),
});

const concurrencySchema = z
  .union([
    z
      .number()
      .int()
      .transform((limit) => [{ limit }]),
    z.array(concurrencyEntrySchema),
    concurrencyEntrySchema.transform((entry) => [entry]),
  ])
  .pipe(z.array(concurrencyEntrySchema));

export const functionConfigSchema = z.strictObject({
  id: z.string().min(1),
  name: z.string().nullish(),
  triggers: z.array(triggerSchema),
  steps: z.record(
    z.string(),
    z.looseObject({
      runtime: z.looseObject({ type: z.string(), url: z.string() }),
      retries: z.looseObject({ attempts: z.number().int().min(0) }).nullish(),
    }),
  ),
  concurrency: concurrencySchema.nullish(),
  idempotency: z.string().nullish(),
  debounce: z.strictObject({ period: z.string(), key: z.string().nullish(), timeout: z.string().nullish() }).nullish(),
  rateLimit: z.strictObject({ limit: z.number().int().min(1), period: z.string(), key: z.string().nullish() }).nullish(),
  singleton: z.strictObject({ key: z.string().nullish(), mode: z.enum(["skip", "cancel"]) }).nullish(),
  cancel: z.array(z.strictObject({ event: z.string(), if: z.string().nullish(), timeout: z.string().nullish() })).nullish(),
  // Known to the SDK, not to this engine: present here so that the refusal can name the option and its remedy.
  batchEvents: z.unknown().optional(),
  throttle: z.unknown().optional(),
  priority: z.unknown().optional(),
  timeouts: z.unknown().optional(),
});

export type FunctionConfig = z.infer<typeof functionConfigSchema>;
export type CancelConfig = NonNullable<FunctionConfig["cancel"]>[number];

export const syncAnswerSchema = z.looseObject({ app_id: z.string(), functions: z.array(z.looseObject({ id: z.string() })) });

const DEFAULT_RETRIES = 4;

export function maxAttemptsOf(config: FunctionConfig): number {
  return (config.steps["step"]?.retries?.attempts ?? DEFAULT_RETRIES) + 1;
}
