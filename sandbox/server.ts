import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer, type HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import { controlRoutes } from "./control/routes";
import type { SimulatorEnv } from "./kit";
import { readState, writeState } from "./state-file";
import { createWorld, type World } from "./world";

const KEEP_MS = 2_000;

export interface SandboxOptions {
  /** 0 (default) takes a free port. */
  port?: number | undefined;
  /** Default `small`. */
  scenario?: string | undefined;
  /** Sizes for parametrised scenarios, for example `{ chats: 2000, messages: 100000, saleLines: 100000 }`. */
  parameters?: Readonly<Record<string, number>> | undefined;
  /** The address other processes reach the sandbox at, when it differs from `http://127.0.0.1:<port>`. */
  publicUrl?: string | undefined;
  /** Where simulated time starts; default the real time. */
  startAt?: Date | undefined;
  /** Where the state is kept between starts (every 2 s and at the end), so that a demo goes on; default: nowhere. */
  stateFile?: string | undefined;
}

export interface RunningSandbox {
  port: number;
  /** Base address without a trailing slash. */
  url: string;
  /** Base address of one simulator, what a connector takes as its base URL. */
  baseUrl(simulatorId: string): string;
  /** Simulated time, for callers in this process that must agree with the simulators to the millisecond. */
  readonly clock: { now(): Date };
  stop(): Promise<void>;
}

/**
 * Starts every simulator in this process behind one port of 127.0.0.1.
 * Rejects with the system's error when the port is taken, and with a sentence when the scenario is unknown.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<RunningSandbox> {
  let publicUrl = options.publicUrl ?? "";
  const build = (scenario: string, parameters: Readonly<Record<string, number>>, startAt: Date | undefined, restored?: Record<string, unknown>) =>
    createWorld({ scenario, parameters, startAt, restored, publicUrl: () => publicUrl });
  const firstScenario = options.scenario ?? "small";
  const stateFile = options.stateFile;
  let world: World = build(firstScenario, options.parameters ?? {}, options.startAt, stateFile === undefined ? undefined : readState(stateFile, firstScenario));
  const keep = stateFile === undefined ? undefined : () => writeState(stateFile, world);
  const keeper = keep && setInterval(keep, KEEP_MS);
  keeper?.unref();
  const control = controlRoutes({
    world: () => world,
    reset(change) {
      const next = build(
        change.scenario ?? world.options.scenario,
        change.parameters ?? (change.scenario === undefined ? world.options.parameters : {}),
        change.startAt ?? options.startAt,
      );
      world.stop();
      world = next;
    },
  });
  const app = new Hono<SimulatorEnv>();
  app.route("/_control", control);
  app.get("/", (c) => c.json({ sandbox: "karavan", scenario: world.options.scenario, simulators: [...world.inhabitants.keys()] }));
  app.all("*", (c) => world.app.fetch(c.req.raw, c.env satisfies HttpBindings));

  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  await listen(server, options.port ?? 0);
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  if (!publicUrl) publicUrl = url;
  return {
    port,
    url,
    baseUrl: (simulatorId) => `${url}/${simulatorId}`,
    clock: { now: () => world.clock.now() },
    async stop() {
      clearInterval(keeper);
      keep?.();
      world.stop();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });
}
