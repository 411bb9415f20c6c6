import { setTimeout as sleep } from "node:timers/promises";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Context, MiddlewareHandler } from "hono";
import type { RunningSimulator, SimulatorEnv } from "../kit";
import type { SimClock } from "./clock";
import type { ActiveFault, Faults } from "./faults";
import { type RequestLog, redactHeaders } from "./request-log";

interface FaultWorld {
  clock: SimClock;
  faults: Faults;
  requests: RequestLog;
  /** Aborts when the sandbox stops or is reset, so that hanging calls end. */
  stopping: AbortSignal;
}

const HANG_MS = 120_000;
const HTML = "<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center></body></html>";

/** Records every call and applies the planted faults around the simulator's own routes. */
export function faultMiddleware(world: FaultWorld, simulator: () => RunningSimulator): MiddlewareHandler<SimulatorEnv> {
  return async (c, next) => {
    const startedMs = performance.now();
    const at = world.clock.now().toISOString();
    // As bytes: a body read as text first would reach the simulator's own multipart parser broken.
    const body = c.req.method === "GET" ? "" : new TextDecoder().decode(await c.req.arrayBuffer());
    const name = simulator().callName?.(c.req.path, body) ?? c.req.path;
    const fault = world.faults.takeForCall(name);
    if (fault) c.res = await applyFault(c, next, fault, world, simulator());
    else await next();
    world.requests.add({
      at,
      method: c.req.method,
      path: name,
      headers: redactHeaders(c.req.raw.headers),
      body: body.slice(0, 4_000),
      status: c.res.status,
      durationMs: Math.round(performance.now() - startedMs),
      fault: fault?.kind ?? null,
    });
  };
}

async function applyFault(
  c: Context<SimulatorEnv>,
  next: () => Promise<void>,
  fault: ActiveFault,
  world: FaultWorld,
  simulator: RunningSimulator,
): Promise<Response> {
  const native = (status: number) => {
    const answer = simulator.faultAnswer({ kind: fault.kind, status, retryAfterSeconds: fault.retryAfterSeconds });
    return Response.json(answer.body, { status: answer.status ?? status, headers: answer.headers });
  };
  switch (fault.kind) {
    case "rate-limit":
      return native(429);
    case "error-before":
      return native(fault.status ?? 500);
    case "error-after-accept":
      await next();
      return native(fault.status ?? 500);
    case "drop-before":
      return cut(c);
    case "drop-after-accept":
      await next();
      return cut(c);
    case "timeout-after-accept":
      await next();
      await pause(HANG_MS, world.stopping);
      return cut(c);
    case "delay":
      await pause(fault.delayMs ?? 1_000, world.stopping);
      await next();
      return c.res;
    case "html-gateway":
      return new Response(HTML, { status: 502, headers: { "content-type": "text/html" } });
    case "malformed-json":
      await next();
      return rewrite(c.res, (text) => text.slice(0, Math.max(1, Math.floor(text.length / 2))));
    case "unknown-enum":
      await next();
      return rewrite(c.res, (text) => text.replace(new RegExp(`"(${simulator.enumKeys.join("|")})":"[^"]*"`, "g"), '"$1":"NEVER_SEEN_BEFORE"'));
    default:
      await next();
      return c.res;
  }
}

function cut(c: Context<SimulatorEnv>): Response {
  c.env.incoming.socket.destroy();
  return RESPONSE_ALREADY_SENT;
}

async function rewrite(response: Response, change: (text: string) => string): Promise<Response> {
  // 204 carries no body: there is nothing to rewrite.
  if (response.body === null) return response;
  const headers = new Headers(response.headers);
  headers.delete("content-length");
  return new Response(change(await response.text()), { status: response.status, headers });
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal, ref: false });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
