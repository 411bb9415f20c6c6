import { type FunctionConfig, syncAnswerSchema } from "./configuration";
import { type Memo, type Operation, operationsSchema, readError, type WireError, type WireEvent } from "./protocol";
import { describeRefusals, reviewFunctions } from "./refusals";
import { parseRetryAfter } from "./retry";
import { signRequest } from "./signature";

/** A request to the served handler. Header names in lower case. */
export interface ServedRequest {
  readonly method: "POST" | "PUT";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What the served handler answered. Header names in lower case. */
export interface ServedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The served handler (`serve` of inngest/next), called in this process with the requests an Inngest server would send. */
export type ServedHandler = (request: ServedRequest) => Promise<ServedAnswer>;

/**
 * The two methods of `serve()` the engine uses, as one function. `serve` names Next's own request type but reads only method,
 * url, headers and text; building the web's Request and Response, with their streams, would only cost time on every call.
 */
export function inProcess<R extends { readonly method: string }>(served: {
  readonly POST: (request: R, context: unknown) => Promise<Response | undefined>;
  readonly PUT: (request: R, context: unknown) => Promise<Response | undefined>;
}): ServedHandler {
  return async ({ method, url, headers, body }) => {
    const request: unknown = { method, url, headers: { get: (name: string) => headers[name] ?? null }, text: async () => body };
    // The response object of Next's pages router: the SDK fills it and builds no Response.
    const answer = { status: 0, headers: {} as Record<string, string>, body: "" };
    const page = {
      setHeader: (name: string, value: string) => {
        answer.headers[name.toLowerCase()] = value;
      },
      status: (status: number) => {
        answer.status = status;
      },
      send: (text: string) => {
        answer.body = text;
      },
    };
    await served[method](request as R, page);
    return answer;
  };
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

function requestOf(method: "POST" | "PUT", url: string, body: unknown, signingKey: string, headers: Record<string, string>): ServedRequest {
  return {
    method,
    url,
    body: JSON.stringify(body),
    headers: { "content-type": "application/json", "x-inngest-signature": signRequest(signingKey, body, new Date()), ...headers },
  };
}

/**
 * Asks the handler which functions it serves and checks that this engine can run all of them.
 * @throws Error naming every function, option and remedy when it cannot, or when the handler refuses the request.
 */
export async function loadFunctions(target: CallTarget): Promise<readonly FunctionConfig[]> {
  const request = requestOf("PUT", ORIGIN, { url: ORIGIN }, target.signingKey, { "x-inngest-sync-kind": "in_band" });
  const { status, body } = await target.handler(request);
  if (status !== 200) throw new Error(`The function handler refused the sync with ${status}: ${body.slice(0, 300)}`);
  const review = reviewFunctions(syncAnswerSchema.parse(JSON.parse(body)).functions);
  if (review.refusals.length > 0) throw new Error(describeRefusals(review.refusals));
  return review.functions;
}

function bodyOf(call: Call): Record<string, unknown> {
  return {
    event: { user: {}, ...call.event },
    events: [{ user: {}, ...call.event }],
    steps: Object.fromEntries(call.memos),
    defers: {},
    // The version the SDK prefers: it is the one of this process, and answers in the form `protocol.ts` knows.
    version: -1,
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
  const request = requestOf("POST", url, bodyOf(call), target.signingKey, {
    "x-run-id": call.runId,
    "x-request-id": `${call.itemId}.${call.generation}`,
    "x-inngest-generation-id": String(call.generation),
  });
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`The call took longer than ${target.timeoutMs} ms`)), target.timeoutMs);
  });
  try {
    return await Promise.race([target.handler(request).then(readAnswer), timeout]);
  } catch (error) {
    return { kind: "threw", error: readError(error instanceof Error ? { name: error.name, message: error.message } : String(error)), final: false };
  } finally {
    clearTimeout(timer);
  }
}

/** What an answer means. One that is not the SDK's own (a proxy's error page) is a failed attempt. */
export function readAnswer({ status, headers, body }: ServedAnswer): CallOutcome {
  const noRetry = headers["x-inngest-no-retry"];
  const retryAfterMs = parseRetryAfter(headers["retry-after"] ?? null, new Date());
  if (headers["x-inngest-sdk"] === undefined) {
    return { kind: "threw", error: { name: "TransportError", message: `Answer ${status} did not come from the SDK` }, final: false };
  }
  const parsed: unknown = body === "" ? null : JSON.parse(body);
  if (status === 206) {
    return { kind: "operations", operations: operationsSchema.parse(parsed), retryAfterMs, final: noRetry === "true" };
  }
  if (status === 200) return { kind: "returned", output: parsed };
  const error = readError(parsed);
  // The SDK ends a call so when a checkpoint got 409. If the lease is gone the commit is fenced anyway; if the database was only
  // away for too long, the function has not failed and must run again.
  const final = noRetry === "true" && error.name !== "StaleDispatchError";
  return { kind: "threw", error, final, retryAfterMs };
}
