import { parseJson, stringifyJson } from "@/lib/json";
import type { RemoteHttp, RemoteRequest, RemoteResponse } from "../http";

export interface SeenRequest {
  readonly path: string;
  readonly method: string;
  /** Parsed losslessly; undefined for a request without body. */
  readonly body: unknown;
  /** The body as it left us. */
  readonly text: string;
  readonly request: RemoteRequest;
}

export interface ScriptedAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Either a value to be written as JSON or the raw text. */
  readonly json?: unknown;
  readonly text?: string;
}

/** A RemoteHttp that answers from a function, for tests of what a connector asks and how it reads; no network. */
export function scriptedHttp(answer: (request: SeenRequest) => ScriptedAnswer): RemoteHttp & { readonly seen: readonly SeenRequest[] } {
  const seen: SeenRequest[] = [];
  return {
    seen,
    async send(request) {
      const text = typeof request.body === "string" ? request.body : "";
      const entry: SeenRequest = { path: request.path, method: request.method, body: text === "" ? undefined : parseJson(text), text, request };
      seen.push(entry);
      const scripted = answer(entry);
      return response(scripted.status ?? 200, scripted.headers ?? {}, scripted.text ?? stringifyJson(scripted.json ?? {}));
    },
  };
}

function response(status: number, headers: Readonly<Record<string, string>>, text: string): RemoteResponse {
  return { status, headers, body: new TextEncoder().encode(text), text: () => text };
}
