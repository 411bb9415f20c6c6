import type { z } from "zod";
import { parseJson, stringifyJson } from "@/lib/json";
import { unreadable } from "../../contract/failed-answer";
import type { RemoteRequest, RemoteResponse } from "../../contract/http";
import type { ConnectorContext } from "../../contract/ports";
import { ENDPOINTS, type Endpoint, LIMIT, STOCK_LIMIT } from "./endpoints";
import { ozonError } from "./errors";

export const READ_TIMEOUT_MS = 20_000;
const WRITE_TIMEOUT_MS = 30_000;

/** `read`: may be repeated freely. `write`: once. `idempotent`: changes something, but twice is the same as once. */
type Nature = "read" | "write" | "idempotent";

/** Signs a request, sends it, checks the shape of what comes back. Every call throws `ConnectorError` as `errors.ts` classifies. */
export function ozonCaller(context: Pick<ConnectorContext, "credentials" | "http">) {
  const headers = { "Client-Id": context.credentials["clientId"] ?? "", "Api-Key": context.credentials["apiKey"] ?? "" };

  async function exchange(request: Omit<RemoteRequest, "group" | "headers">, isWrite: boolean): Promise<RemoteResponse> {
    const json = request.body === undefined ? {} : { "Content-Type": "application/json" };
    const { group } = request.path === ENDPOINTS.setStocks ? STOCK_LIMIT : LIMIT;
    const response = await context.http.send({ ...request, group, headers: { ...headers, ...json } });
    if (response.status >= 200 && response.status < 300) return response;
    throw ozonError({ path: request.path, status: response.status, headers: response.headers, body: response.text(), isWrite });
  }

  function post(path: Endpoint, body: unknown, nature: Nature): Promise<RemoteResponse> {
    const isWrite = nature === "write";
    return exchange(
      { method: "POST", path, body: stringifyJson(body), repeatable: !isWrite, timeoutMs: isWrite ? WRITE_TIMEOUT_MS : READ_TIMEOUT_MS },
      isWrite,
    );
  }

  return {
    exchange,

    /** For methods whose answer says nothing but its status. */
    async tell(path: Endpoint, body: unknown): Promise<void> {
      await post(path, body, "idempotent");
    },

    async call<S extends z.ZodType>(path: Endpoint, body: unknown, schema: S, nature: Nature = "read"): Promise<z.output<S>> {
      const response = await post(path, body, nature);
      const text = response.text();
      const failed = { path, status: response.status, body: text, isWrite: nature === "write" };
      let json: unknown;
      try {
        json = parseJson(text);
      } catch (cause) {
        throw unreadable(failed, cause);
      }
      const parsed = schema.safeParse(json);
      if (!parsed.success) throw unreadable(failed, parsed.error);
      return parsed.data;
    },
  };
}
