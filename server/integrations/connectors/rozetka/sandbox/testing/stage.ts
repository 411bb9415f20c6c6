import { createSandboxControl, createSimulatorControl, type SandboxControl, type SimulatorControl } from "@/sandbox/control/client";
import { type RunningSandbox, type SandboxOptions, startSandbox } from "@/sandbox/server";
import { DEFAULT_ROLE_TOKEN, type RozetkaDesk } from "../index";

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly json: {
    readonly success?: boolean;
    readonly content?: never;
    readonly errors?: { readonly code?: number; readonly message?: string; readonly details?: unknown };
  };
  /** `content` for tests to pick from. */
  readonly content: Record<string, unknown>;
}

interface CallOptions {
  readonly token?: string | null;
  readonly headers?: Record<string, string>;
  readonly method?: "GET" | "POST" | "PUT";
  readonly body?: unknown;
  /** Sent as it is instead of the JSON of `body`. */
  readonly form?: FormData;
}

export interface Stage {
  readonly sandbox: RunningSandbox;
  readonly control: SandboxControl;
  readonly desk: SimulatorControl<RozetkaDesk>;
  call(path: string, options?: CallOptions): Promise<Answer>;
}

/** A sandbox of its own on a free port with a caller for the default shop. */
export async function openStage(options: SandboxOptions = {}): Promise<Stage> {
  const sandbox = await startSandbox({ scenario: "small", ...options });
  return {
    sandbox,
    control: createSandboxControl(sandbox.url),
    desk: createSimulatorControl<RozetkaDesk>(sandbox.url, "rozetka"),
    async call(path, given = {}) {
      const token = given.token === undefined ? DEFAULT_ROLE_TOKEN : given.token;
      const json = given.body === undefined ? undefined : JSON.stringify(given.body);
      const answer = await fetch(sandbox.baseUrl("rozetka") + path, {
        method: given.method ?? "GET",
        headers: {
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
          ...(json === undefined ? {} : { "content-type": "application/json" }),
          ...given.headers,
        },
        ...(given.form === undefined ? (json === undefined ? {} : { body: json }) : { body: given.form }),
      });
      const parsed = (await answer.json()) as Answer["json"] & { content?: Record<string, unknown> };
      return { status: answer.status, headers: answer.headers, json: parsed as Answer["json"], content: parsed.content ?? {} };
    },
  };
}
