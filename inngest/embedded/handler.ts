import { type FunctionConfig, syncAnswerSchema } from "./configuration";
import { type Memo, type Operation, operationsSchema, readError, type WireError, type WireEvent } from "./protocol";
import { describeRefusals, reviewFunctions } from "./refusals";
import { parseRetryAfter } from "./retry";
import { signRequest } from "./signature";

/** The served handler (`serve` of inngest/next), called in this process with the requests an Inngest server would send. */
export type ServedHandler = (request: Request) => Promise<Response>;

/**
 * The two methods of `serve()` the engine uses, as one function. `serve` names Next's own request type but reads only what
 * every Request has.
 */
export function inProcess<R extends Request>(served: {
  readonly POST: (request: R, context: unknown) => Promise<Response>;
  readonly PUT: (request: R, context: unknown) => Promise<Response>;
}): ServedHandler {
  return async (request) => (request.method === "PUT" ? served.PUT(request as R, undefined) : served.POST(request as R, undefined));
}

export interface CallTarget {
  readonly handler: ServedHandler;
  readonly signingKey: string;
  readonly timeoutMs: number;
}

/** Everything a call carries. `stepId` is DISCOVERY or the planned step to run. */
export interface Call {
  readonly fnId: string;
  readonly runId: string;
  readonly itemId: string;
  readonly generation: number;
  readonly stepId: string;
  readonly attempt: number;
  readonly maxAttempts: number;
  readonly event: WireEvent;
  /** Memoised steps in completion order. */
  readonly memos: ReadonlyArray<readonly [string, Memo]>;
  /** Run planned steps as they are instead of letting the function go on. */
  readonly targeted: boolean;
}

export type CallOutcome =
  | { readonly kind: "operations"; readonly operations: readonly Operation[]; readonly retryAfterMs?: number | undefined; readonly final: boolean }
  | { readonly kind: "returned"; readonly output: unknown }
  | { readonly kind: "threw"; readonly error: WireError; readonly final: boolean; readonly retryAfterMs?: number | undefined };

/** Only the path and the query matter: nothing is dialled. */
const ORIGIN = "http://127.0.0.1/api/inngest";

function requestOf(method: "POST" | "PUT", url: string, body: unknown, signingKey: string, headers: Record<string, string>): Request {
  return new Request(url, {
    method,
    body: JSON.stringify(body),
    headers: {
      "content-type": "application/json",
      host: "127.0.0.1",
      "x-inngest-signature": signRequest(signingKey, body, new Date()),
      ...headers,
    },
  });
}

/**
 * Asks the handler which functions it serves and checks that this engine can run all of them.
 * @throws Error naming every function, option and remedy when it cannot, or when the handler refuses the request.
 */
export async function loadFunctions(target: CallTarget): Promise<readonly FunctionConfig[]> {
  const request = requestOf("PUT", ORIGIN, { url: ORIGIN }, target.signingKey, { "x-inngest-sync-kind": "in_band" });
  const response = await target.handler(request);
  const text = await response.text();
  if (response.status !== 200) throw new Error(`The function handler refused the sync with ${response.status}: ${text.slice(0, 300)}`);
  const answer = syncAnswerSchema.parse(JSON.parse(text));
  const review = reviewFunctions(answer.functions);
  if (review.refusals.length > 0) throw new Error(describeRefusals(review.refusals));
  return review.functions;
}

function bodyOf(call: Call): Record<string, unknown> {
  return {
    event: { user: {}, ...call.event },
    events: [{ user: {}, ...call.event }],
    steps: Object.fromEntries(call.memos),
    defers: {},
    version: 2,
    ctx: {
      run_id: call.runId,
      // fn_id together with qi_id switches checkpointing on for discovery calls.
      fn_id: call.fnId,
      qi_id: call.itemId,
      env: "karavan",
      step_id: call.stepId,
      attempt: call.attempt,
      max_attempts: call.maxAttempts,
      disable_immediate_execution: call.targeted,
      use_api: false,
      stack: { stack: call.memos.map(([id]) => id), current: call.memos.length },
    },
  };
}

/** Calls the handler once. Never throws: whatever goes wrong on the way is a failed attempt that may be repeated. */
export async function callHandler(target: CallTarget, call: Call): Promise<CallOutcome> {
  const url = `${ORIGIN}?fnId=${encodeURIComponent(call.fnId)}&stepId=${encodeURIComponent(call.stepId)}`;
  const body = JSON.parse(JSON.stringify(bodyOf(call))) as unknown;
  const request = requestOf("POST", url, body, target.signingKey, {
    "x-run-id": call.runId,
    "x-request-id": `${call.itemId}.${call.generation}`,
    "x-inngest-generation-id": String(call.generation),
    "x-inngest-req-version": "2",
  });
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`The call took longer than ${target.timeoutMs} ms`)), target.timeoutMs);
  });
  try {
    return await Promise.race([target.handler(request).then(readResponse), timeout]);
  } catch (error) {
    return { kind: "threw", error: readError(error instanceof Error ? { name: error.name, message: error.message } : String(error)), final: false };
  } finally {
    clearTimeout(timer);
  }
}

/** What a response means. An answer that is not the SDK's own (a proxy's error page) is a failed attempt. */
export async function readResponse(response: Response): Promise<CallOutcome> {
  const text = await response.text();
  const noRetry = response.headers.get("x-inngest-no-retry");
  const retryAfterMs = parseRetryAfter(response.headers.get("retry-after"), new Date());
  if (response.headers.get("x-inngest-sdk") === null) {
    return { kind: "threw", error: { name: "TransportError", message: `Answer ${response.status} did not come from the SDK` }, final: false };
  }
  const parsed: unknown = text === "" ? null : JSON.parse(text);
  if (response.status === 206) {
    return { kind: "operations", operations: operationsSchema.parse(parsed), retryAfterMs, final: noRetry === "true" };
  }
  if (response.status === 200) return { kind: "returned", output: parsed };
  const error = readError(parsed);
  // The SDK ends a call so when a checkpoint got 409. If the lease is gone the commit is fenced anyway; if the database was only
  // away for too long, the function has not failed and must run again.
  const final = noRetry === "true" && error.name !== "StaleDispatchError";
  return { kind: "threw", error, final, retryAfterMs };
}
