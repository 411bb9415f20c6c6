import { createSandboxControl, createSimulatorControl, type SimulatorControl } from "@/sandbox/control/client";
import { startSandbox } from "@/sandbox/server";
import type { WildberriesDesk } from "../index";

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
  /** Parsed with JSON.parse, for tests to pick from. */
  readonly json: Record<string, unknown>;
}

interface CallOptions {
  readonly method?: string;
  readonly token?: string | null;
  readonly body?: unknown;
  readonly form?: FormData;
  readonly headers?: Record<string, string>;
}

export interface Stage {
  readonly control: SimulatorControl<WildberriesDesk>;
  readonly token: string;
  call(host: string, path: string, options?: CallOptions): Promise<Answer>;
  advance(ms: number): Promise<unknown>;
  stop(): Promise<void>;
}

/** A sandbox of its own on a free port with a caller for the default seller; nothing of the connector is in it. */
export async function openStage(options: Parameters<typeof startSandbox>[0] = {}): Promise<Stage> {
  const sandbox = await startSandbox({ scenario: "small", ...options });
  const control = createSimulatorControl<WildberriesDesk>(sandbox.url, "wildberries");
  const { token } = await control.makeToken({});
  return {
    control,
    token,
    async call(host, path, given = {}) {
      const authorization = given.token === undefined ? token : given.token;
      const body = given.form ?? (given.body === undefined ? undefined : typeof given.body === "string" ? given.body : JSON.stringify(given.body));
      const answer = await fetch(`${sandbox.baseUrl("wildberries")}/${host}${path}`, {
        method: given.method ?? "GET",
        headers: {
          ...(authorization === null ? {} : { authorization }),
          ...(body === undefined || given.form !== undefined ? {} : { "content-type": "application/json" }),
          ...given.headers,
        },
        ...(body === undefined ? {} : { body }),
      });
      const bytes = new Uint8Array(await answer.arrayBuffer());
      return { status: answer.status, headers: answer.headers, bytes, json: asObject(new TextDecoder().decode(bytes)) };
    },
    advance: (ms) => createSandboxControl(sandbox.url).advance(ms),
    stop: () => sandbox.stop(),
  };
}

function asObject(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    // Some answers are files or empty; their tests read `bytes`.
    return {};
  }
}
