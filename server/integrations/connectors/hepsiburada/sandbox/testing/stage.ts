import { createSandboxControl, createSimulatorControl, type SimulatorControl } from "@/sandbox/control/client";
import { startSandbox } from "@/sandbox/server";
import { DEFAULT_MERCHANT, type HepsiburadaDesk } from "../index";

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed with JSON.parse, for tests to pick from. */
  readonly json: unknown;
}

interface CallOptions {
  readonly method?: string;
  readonly body?: unknown;
  readonly form?: FormData;
  /** Replaces the merchant's own; null leaves one out. */
  readonly headers?: Readonly<Record<string, string | null>>;
}

export interface Stage {
  readonly control: SimulatorControl<HepsiburadaDesk>;
  /** `{m}` of the path is the default merchant's id. */
  call(host: string, path: string, options?: CallOptions): Promise<Answer>;
  advance(ms: number): Promise<unknown>;
  stop(): Promise<void>;
}

/** A sandbox of its own on a free port with a caller for the default merchant; nothing of the connector is in it. */
export async function openStage(options: Parameters<typeof startSandbox>[0] = {}): Promise<Stage> {
  const sandbox = await startSandbox({ scenario: "small", ...options });
  const { id, key, userAgent } = DEFAULT_MERCHANT;
  const own = { authorization: `Basic ${Buffer.from(`${id}:${key}`).toString("base64")}`, "user-agent": userAgent, merchantid: id };
  return {
    control: createSimulatorControl<HepsiburadaDesk>(sandbox.url, "hepsiburada"),
    async call(host, path, given = {}) {
      const headers = Object.entries({ ...own, ...(given.body === undefined ? {} : { "content-type": "application/json" }), ...given.headers });
      const body = given.form ?? (given.body === undefined ? undefined : JSON.stringify(given.body));
      const answer = await fetch(`${sandbox.baseUrl("hepsiburada")}/${host}${path.replace("{m}", id)}`, {
        method: given.method ?? (body === undefined ? "GET" : "POST"),
        headers: headers.flatMap(([name, value]) => (value === null ? [] : [[name, value] as [string, string]])),
        ...(body === undefined ? {} : { body }),
      });
      const text = await answer.text();
      return { status: answer.status, headers: answer.headers, json: text === "" ? undefined : JSON.parse(text) };
    },
    advance: (ms) => createSandboxControl(sandbox.url).advance(ms),
    stop: () => sandbox.stop(),
  };
}
