import { request } from "node:http";
import type { SimClock } from "./clock";

export interface DeliveryAttempt {
  seq: number;
  /** Simulated time, ISO 8601. */
  at: string;
  url: string;
  type: string;
  attempt: number;
  /** HTTP status, or null when no answer came. */
  status: number | null;
  /** Real milliseconds until the answer. */
  durationMs: number;
  outcome: "delivered" | "refused" | "unreachable" | "timeout";
  /** First 500 characters of the answer, or the reason of the failure. */
  answer: string;
  contentType: string | null;
  payload: unknown;
}

export interface PostResult {
  status: number | null;
  body: string;
  contentType: string | null;
  durationMs: number;
  failure: "timeout" | "unreachable" | null;
}

const LOOPBACK = new Set(["127.0.0.1", "localhost", "[::1]"]);
const KEPT = 5_000;

/** Posts webhooks for a simulator and remembers every attempt. It refuses to leave the machine. */
export class Deliverer {
  private attempts: DeliveryAttempt[] = [];
  private nextSeq = 1;

  constructor(private readonly clock: SimClock) {}

  /** One POST (or PUT, where the service pushes so) of `payload` as JSON, with the service's own headers if it has some; never throws. */
  async post(
    url: string,
    payload: unknown,
    timeoutMs: number,
    headers: Readonly<Record<string, string>> = {},
    method: "POST" | "PUT" = "POST",
  ): Promise<PostResult> {
    const startedMs = performance.now();
    const done = (result: Omit<PostResult, "durationMs">): PostResult => ({ ...result, durationMs: Math.round(performance.now() - startedMs) });
    const target = URL.canParse(url) ? new URL(url) : null;
    if (target?.protocol !== "http:" || !LOOPBACK.has(target.hostname)) {
      return done({ status: null, body: "the sandbox only calls http addresses of this machine", contentType: null, failure: "unreachable" });
    }
    return done(await postOnce({ target, method }, JSON.stringify(payload), timeoutMs, headers));
  }

  /** Writes down an attempt made with {@link post}. */
  record(entry: Omit<DeliveryAttempt, "seq" | "at" | "answer" | "status" | "durationMs" | "contentType"> & { result: PostResult }): void {
    const { result, ...rest } = entry;
    this.attempts.push({
      ...rest,
      seq: this.nextSeq,
      at: this.clock.now().toISOString(),
      status: result.status,
      durationMs: result.durationMs,
      contentType: result.contentType,
      answer: result.body.slice(0, 500),
    });
    this.nextSeq += 1;
    if (this.attempts.length > KEPT * 2) this.attempts = this.attempts.slice(-KEPT);
  }

  last(count: number): DeliveryAttempt[] {
    return this.attempts.slice(-count);
  }
}

function postOnce(
  { target, method }: { target: URL; method: "POST" | "PUT" },
  body: string,
  timeoutMs: number,
  headers: Readonly<Record<string, string>>,
): Promise<Omit<PostResult, "durationMs">> {
  return new Promise((resolve) => {
    const failed = (failure: "timeout" | "unreachable", reason: string) => resolve({ status: null, body: reason, contentType: null, failure });
    const call = request(
      target,
      {
        method,
        agent: false,
        headers: { "content-type": "application/json", "content-length": Buffer.byteLength(body), "user-agent": "karavan-sandbox", ...headers },
      },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("error", (error) => failed("unreachable", error.message));
        answer.on("end", () => {
          clearTimeout(timer);
          resolve({
            status: answer.statusCode ?? null,
            body: Buffer.concat(chunks).toString("utf8"),
            contentType: answer.headers["content-type"] ?? null,
            failure: null,
          });
        });
      },
    );
    const timer = setTimeout(() => {
      failed("timeout", `no answer within ${timeoutMs} ms`);
      call.destroy();
    }, timeoutMs);
    call.on("error", (error) => {
      clearTimeout(timer);
      failed("unreachable", error.message);
    });
    call.end(body);
  });
}
