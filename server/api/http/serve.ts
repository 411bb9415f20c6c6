import { AppError, notFound } from "@/server/platform/errors";
import { currentRequestId, withRequestId } from "@/server/platform/logger";
import { limiter } from "@/server/platform/rate-limit";
import type { Endpoint } from "../endpoints/endpoint";
import { ENDPOINTS } from "../endpoints/list";
import { REQUESTS_A_MINUTE } from "../schema";
import { authenticate, type Principal, requireScope, tooMany } from "../tokens/authenticate";
import { once } from "./idempotency";
import { writeJson } from "./json";
import { problemResponse } from "./problem";
import { type Match, matchPath, parseBody, readPart, readQuery, readText } from "./read-request";

const perToken = limiter("api-token", { points: REQUESTS_A_MINUTE, perSeconds: 60 });

/** Answers a machine. Never throws: every failure is a problem document. */
export async function serveApi(request: Request): Promise<Response> {
  return withRequestId(request.headers.get("x-request-id"), async () => {
    const told: Record<string, string> = {};
    try {
      const url = new URL(request.url);
      const { endpoint, params } = find(url.pathname, request.method, told);
      const principal = await authenticate(request.headers);
      await count(principal, told);
      requireScope(principal, endpoint.scope);
      return await answer(request, url, { endpoint, params }, principal, told);
    } catch (error) {
      return problemResponse(error, told);
    }
  });
}

/** @throws AppError `api.not_found` (404) | `request.method` (405). */
function find(pathname: string, method: string, told: Record<string, string>): Match {
  const matches = matchPath(ENDPOINTS, pathname);
  if (matches.length === 0) throw notFound("api.not_found");
  const match = matches.find(({ endpoint }) => endpoint.method === method);
  if (match !== undefined) return match;
  told["allow"] = matches.map(({ endpoint }) => endpoint.method).join(", ");
  throw new AppError("request.method", { status: 405 });
}

/** @throws AppError `api.too_many_requests` (429). */
async function count({ tokenId }: Principal, told: Record<string, string>): Promise<void> {
  const verdict = await perToken.consume(tokenId);
  told["ratelimit-limit"] = String(REQUESTS_A_MINUTE);
  told["ratelimit-remaining"] = String(verdict.remaining);
  // At the latest: the window began with the first request in it.
  told["ratelimit-reset"] = String(verdict.allowed ? 60 : Math.ceil(verdict.retryAfterMs / 1_000));
  if (!verdict.allowed) throw tooMany(verdict.retryAfterMs);
}

async function answer(
  request: Request,
  url: URL,
  { endpoint, params }: Match,
  principal: Principal,
  told: Readonly<Record<string, string>>,
): Promise<Response> {
  const path = readPart("path", endpoint.params, params);
  const query = readQuery(endpoint.query, url.searchParams);
  const text = endpoint.body === null ? "" : await readText(request);
  const body = endpoint.body === null ? null : readPart("body", endpoint.body, parseBody(text));
  const carryOut = async () => {
    const result = await endpoint.handle({ principal, path, query, body });
    return { status: result.status, body: writeJson(parsed(endpoint, result)) };
  };
  const key = endpoint.method === "POST" ? request.headers.get("idempotency-key") : null;
  const facts = { method: endpoint.method, path: `${url.pathname}${url.search}`, body: text };
  const done = await once(principal, key, facts, carryOut);
  return new Response(done.body, {
    status: done.status,
    headers: {
      ...told,
      "content-type": "application/json",
      "cache-control": "no-store",
      "x-request-id": currentRequestId() ?? "",
      ...(done.replayed ? { "idempotent-replayed": "true" } : {}),
    },
  });
}

/** Only what the document promises leaves the house: fields it does not name are cut. */
function parsed(endpoint: Endpoint, { status, body }: { status: number; body: unknown }): unknown {
  const promised = endpoint.responses[status];
  if (promised === undefined) throw new Error(`${endpoint.id} answers ${status}, which its document does not name`);
  return promised.schema.parse(body);
}
