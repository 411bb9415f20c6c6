import { createSandboxControl, createSimulatorControl, type SimulatorControl } from "@/sandbox/control/client";
import { startSandbox } from "@/sandbox/server";
import { DEFAULT_CLIENT, LEGACY_TOKEN, type ShopifyDesk } from "../index";

export interface GraphqlAnswer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
  readonly extensions?: {
    readonly cost: {
      readonly requestedQueryCost: number;
      readonly actualQueryCost: number | null;
      readonly throttleStatus: { readonly currentlyAvailable: number };
    };
  };
}

export interface Stage {
  readonly control: SimulatorControl<ShopifyDesk>;
  readonly baseUrl: string;
  /** Of a day, from the client credentials. */
  readonly token: string;
  /** With the old app's token, which never ends. */
  ask(query: string, variables?: Record<string, unknown>): Promise<GraphqlAnswer>;
  post(path: string, body: string, headers?: Record<string, string>): Promise<Response>;
  advance(ms: number): Promise<unknown>;
  stop(): Promise<void>;
}

/** A sandbox of its own on a free port with a token of the default shop; nothing of the connector is in it. */
export async function openStage(options: Parameters<typeof startSandbox>[0] = {}): Promise<Stage> {
  const sandbox = await startSandbox({ scenario: "small", ...options });
  const baseUrl = sandbox.baseUrl("shopify");
  const post = (path: string, body: string, headers: Record<string, string> = {}) => fetch(`${baseUrl}${path}`, { method: "POST", body, headers });
  const form = new URLSearchParams({ grant_type: "client_credentials", client_id: DEFAULT_CLIENT.clientId, client_secret: DEFAULT_CLIENT.clientSecret });
  const answer = await post("/admin/oauth/access_token", form.toString(), { "content-type": "application/x-www-form-urlencoded" });
  const { access_token: token } = (await answer.json()) as { access_token: string };
  return {
    control: createSimulatorControl<ShopifyDesk>(sandbox.url, "shopify"),
    baseUrl,
    token,
    post,
    async ask(query, variables = {}) {
      const headers = { "content-type": "application/json", "x-shopify-access-token": LEGACY_TOKEN };
      const response = await post("/admin/api/2026-10/graphql.json", JSON.stringify({ query, variables }), headers);
      if (response.status !== 200) throw new Error(`status ${response.status}: ${await response.text()}`);
      return (await response.json()) as GraphqlAnswer;
    },
    advance: (ms) => createSandboxControl(sandbox.url).advance(ms),
    stop: () => sandbox.stop(),
  };
}
