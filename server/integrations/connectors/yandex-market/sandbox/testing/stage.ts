import { createSandboxControl, createSimulatorControl, type SandboxControl, type SimulatorControl } from "@/sandbox/control/client";
import { type RunningSandbox, type SandboxOptions, startSandbox } from "@/sandbox/server";
import { DEFAULT_API_KEY, DEFAULT_BUSINESS_ID, type YandexDesk } from "../index";

interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** Parsed with JSON.parse, for tests to pick from. */
  json: { status?: string; errors?: { code: string; message: string }[]; result?: Record<string, unknown>; paging?: { nextPageToken?: string } } & Record<
    string,
    unknown
  >;
}

interface CallOptions {
  apiKey?: string | null;
  headers?: Record<string, string>;
  method?: string;
  /** Sent as it is instead of the JSON of `body`. */
  raw?: string | FormData;
}

export interface Stage {
  sandbox: RunningSandbox;
  control: SandboxControl;
  market: SimulatorControl<YandexDesk>;
  /** `{b}` in the path is the default cabinet. */
  call(path: string, body?: unknown, options?: CallOptions): Promise<Answer>;
}

/** A sandbox of its own on a free port with a caller for the default cabinet. */
export async function openStage(options: SandboxOptions = {}): Promise<Stage> {
  const sandbox = await startSandbox({ scenario: "small", ...options });
  return {
    sandbox,
    control: createSandboxControl(sandbox.url),
    market: createSimulatorControl<YandexDesk>(sandbox.url, "yandex-market"),
    async call(path, body = {}, given = {}) {
      const method = given.method ?? "POST";
      const isForm = given.raw instanceof FormData;
      const answer = await fetch(sandbox.baseUrl("yandex-market") + path.replace("{b}", DEFAULT_BUSINESS_ID), {
        method,
        headers: {
          ...(given.apiKey === null ? {} : { "api-key": given.apiKey ?? DEFAULT_API_KEY }),
          ...(method === "GET" || isForm ? {} : { "content-type": "application/json" }),
          ...given.headers,
        },
        ...(method === "GET" ? {} : { body: given.raw ?? JSON.stringify(body) }),
      });
      const text = await answer.text();
      return { status: answer.status, headers: answer.headers, text, json: text.startsWith("{") ? (JSON.parse(text) as Answer["json"]) : {} };
    },
  };
}
