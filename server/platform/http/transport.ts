import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { Agent, buildConnector, type Dispatcher, errors as undiciErrors } from "undici";
import { checkLiteral, guardedLookup, type ResolveAll, resolveAll } from "./address";
import { HttpFailure } from "./failure";

/** One try on the wire. */
export interface WireRequest {
  readonly method: string;
  readonly target: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | undefined;
  /** From now to the last byte of the answer. */
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

export interface WireResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface Transport {
  /** @throws HttpFailure */
  exchange(request: WireRequest): Promise<WireResponse>;
  close(): Promise<void>;
}

export interface TransportOptions {
  /** Origins on the allow-list are reached whatever their address is. */
  readonly guarded: boolean;
  readonly connectTimeoutMs?: number | undefined;
  readonly resolve?: ResolveAll | undefined;
}

const unzip = promisify(gunzip);

/** A connection pool of its own. Redirects are never followed: the 3xx is the answer. */
export function makeTransport(options: TransportOptions): Transport {
  const timeout = options.connectTimeoutMs ?? 10_000;
  const connectPlain = buildConnector(options.guarded ? { timeout, lookup: guardedLookup(options.resolve ?? resolveAll) } : { timeout });
  const connect: buildConnector.connector = (target, callback) => {
    try {
      if (options.guarded) checkLiteral(target.hostname);
    } catch (error) {
      callback(error instanceof Error ? error : new Error(String(error)), null);
      return;
    }
    connectPlain(target, callback);
  };
  const agent = new Agent({ connect, keepAliveTimeout: 4_000, connections: 64, bodyTimeout: 0, headersTimeout: 0 });
  return {
    exchange: async (request) => inflate(await dispatch(agent, request), request),
    close: () => agent.close(),
  };
}

function dispatch(agent: Agent, request: WireRequest): Promise<WireResponse> {
  return new Promise((resolve, reject) => {
    const exchange = new Exchange(request, resolve, reject);
    const { target } = request;
    agent.dispatch(
      {
        origin: target.origin,
        path: `${target.pathname}${target.search}`,
        method: request.method,
        headers: { ...request.headers, "accept-encoding": "gzip" },
        body: request.body ?? null,
      },
      exchange,
    );
  });
}

/** Watches one request so closely that a failure can tell whether the request had left. */
class Exchange implements Dispatcher.DispatchHandler {
  private sent = false;
  private settled = false;
  private controller: Dispatcher.DispatchController | undefined;
  private status = 0;
  private headers: Record<string, string> = {};
  private readonly chunks: Buffer[] = [];
  private received = 0;
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly request: WireRequest,
    private readonly resolve: (response: WireResponse) => void,
    private readonly reject: (failure: HttpFailure) => void,
  ) {
    this.timer = setTimeout(() => this.fail("timeout"), request.timeoutMs);
  }

  /** Called when a connection is ready, just before the head is written: before it nothing left us, after it anything may have. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    if (this.settled) controller.abort(new Error("gave up before it was sent"));
    else this.sent = true;
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: Record<string, string | string[] | undefined>): void {
    this.status = status;
    this.headers = Object.fromEntries(
      Object.entries(headers).flatMap(([key, value]) => (value === undefined ? [] : [[key.toLowerCase(), Array.isArray(value) ? value.join(", ") : value]])),
    );
    if (Number(this.headers["content-length"] ?? 0) > this.request.maxBytes) this.fail("too-large");
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.received += chunk.length;
    if (this.received > this.request.maxBytes) this.fail("too-large");
    else this.chunks.push(chunk);
  }

  onResponseEnd(): void {
    if (this.settle()) this.resolve({ status: this.status, headers: this.headers, body: Buffer.concat(this.chunks) });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    if (!this.settle()) return;
    // A refusal of the guard arrives as the connect error.
    this.reject(error instanceof HttpFailure ? error : new HttpFailure(reasonOf(error, this.sent), { ...this.context(), cause: error }));
  }

  private fail(reason: "timeout" | "too-large"): void {
    if (!this.settle()) return;
    const failure = new HttpFailure(reason, this.context());
    this.controller?.abort(failure);
    this.reject(failure);
  }

  private context(): { mayHaveTakenEffect: boolean; host: string } {
    return { mayHaveTakenEffect: this.sent, host: this.request.target.hostname };
  }

  private settle(): boolean {
    if (this.settled) return false;
    this.settled = true;
    clearTimeout(this.timer);
    return true;
  }
}

const TLS_CODE = /^(?:ERR_TLS_|ERR_SSL_|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/;

function reasonOf(error: Error, sent: boolean): "timeout" | "dns" | "connect" | "tls" | "reset" | "invalid-request" {
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (error instanceof undiciErrors.ConnectTimeoutError) return "connect";
  if (error instanceof undiciErrors.HeadersTimeoutError || error instanceof undiciErrors.BodyTimeoutError) return "timeout";
  if (error instanceof undiciErrors.InvalidArgumentError) return "invalid-request";
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return "dns";
  if (TLS_CODE.test(code)) return "tls";
  return sent ? "reset" : "connect";
}

/** Answers may come compressed; what they unfold to counts against the same cap, so a small bomb stays small. */
async function inflate(response: WireResponse, request: WireRequest): Promise<WireResponse> {
  if (response.headers["content-encoding"] !== "gzip" || response.body.length === 0) return response;
  try {
    return { ...response, body: await unzip(response.body, { maxOutputLength: request.maxBytes }) };
  } catch (cause) {
    const tooLarge = cause instanceof RangeError && "code" in cause && cause.code === "ERR_BUFFER_TOO_LARGE";
    throw new HttpFailure(tooLarge ? "too-large" : "bad-encoding", { mayHaveTakenEffect: true, host: request.target.hostname, cause });
  }
}
