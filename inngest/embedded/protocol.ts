import { z } from "zod";

/** The wire shapes between this engine and the `inngest` SDK (4.24.0), as far as the engine reads them. */

/** An event as a function receives it. `ts` is milliseconds since 1970. */
export interface WireEvent {
  readonly id: string;
  readonly name: string;
  readonly data: unknown;
  readonly ts: number;
  readonly v?: string | undefined;
}

/** What the SDK posts to `/e/<key>`. Unknown keys (user, meta) are not used by our functions and are dropped. */
export const incomingEventsSchema = z.union([z.array(z.unknown()), z.unknown().transform((one) => [one])]).pipe(
  z.array(
    z.object({
      id: z.string().max(512).nullish(),
      name: z.string().min(1).max(255),
      data: z.unknown().optional(),
      ts: z.number().nullish(),
      v: z.string().nullish(),
    }),
  ),
);

const errorSchema = z.looseObject({ name: z.string().default("Error"), message: z.string().default("") });
export type WireError = z.infer<typeof errorSchema>;

const optionsSchema = z
  .looseObject({
    timeout: z.string().optional(),
    if: z.string().nullish(),
    function_id: z.string().optional(),
    payload: z.looseObject({ data: z.unknown().optional() }).nullish(),
    type: z.string().optional(),
    parallelMode: z.string().optional(),
  })
  .nullish();

export const operationSchema = z.object({
  id: z.string().min(1),
  op: z.string(),
  name: z.string().nullish(),
  displayName: z.string().nullish(),
  opts: optionsSchema,
  data: z.unknown().optional(),
  error: errorSchema.optional().catch(undefined),
});
export type Operation = z.infer<typeof operationSchema>;

export const operationsSchema = z.array(operationSchema);

export function readError(value: unknown): WireError {
  const parsed = errorSchema.safeParse(value);
  return parsed.success ? parsed.data : { name: "Error", message: typeof value === "string" ? value : JSON.stringify(value) };
}

/** Body of `POST /v1/checkpoint/<run>/async`. Everything else in it is the SDK's own business. */
export const checkpointSchema = z.object({
  qi_id: z.string(),
  generation_id: z.union([z.string(), z.number()]).transform(Number).nullish(),
  steps: z.array(operationSchema),
});

/** A step's remembered outcome, always in the explicit form so that data with a `data` key cannot be misread. */
export type Memo = { readonly type: "data"; readonly data: unknown } | { readonly type: "error"; readonly error: WireError };

export const dataMemo = (data: unknown): Memo => ({ type: "data", data: data ?? null });
export const errorMemo = (error: WireError): Memo => ({ type: "error", error });

/** `stepId` of a call that lets the function go on from where it is. */
export const DISCOVERY = "step";
