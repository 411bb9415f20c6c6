import { Hono } from "hono";
import type { RunningSimulator, SimulatorEnv } from "./kit";
import { SimClock } from "./kit/clock";
import { Deliverer } from "./kit/deliverer";
import { faultMiddleware } from "./kit/fault-middleware";
import { Faults } from "./kit/faults";
import { RequestLog } from "./kit/request-log";
import { simulators } from "./registry";
import { checkParameters, scenarioNamed } from "./scenarios/catalog";

interface WorldOptions {
  scenario: string;
  parameters: Readonly<Record<string, number>>;
  /** Where simulated time starts; default the real time. */
  startAt?: Date | undefined;
  /** Snapshots by simulator id, from before a restart. */
  restored?: Readonly<Record<string, unknown>> | undefined;
  /** Address of the sandbox itself, without a trailing slash. */
  publicUrl: () => string;
}

export interface Inhabitant {
  simulator: RunningSimulator;
  faults: Faults;
  requests: RequestLog;
  deliverer: Deliverer;
}

/** Everything that lives between two resets: one clock and one of each simulator. */
export interface World {
  options: WorldOptions;
  clock: SimClock;
  inhabitants: ReadonlyMap<string, Inhabitant>;
  app: Hono<SimulatorEnv>;
  stop(): void;
}

/** Builds the world of a scenario. Throws a sentence when the scenario or one of its parameters is unknown. */
export function createWorld(options: WorldOptions): World {
  checkParameters(scenarioNamed(options.scenario), options.parameters);
  const clock = new SimClock(options.startAt);
  const stopping = new AbortController();
  const inhabitants = new Map<string, Inhabitant>();
  const app = new Hono<SimulatorEnv>();
  for (const simulator of simulators) {
    if (!simulator.scenarios.includes(options.scenario)) throw new Error(`The simulator "${simulator.id}" does not know the scenario "${options.scenario}".`);
    const faults = new Faults();
    const requests = new RequestLog();
    const deliverer = new Deliverer(clock);
    const running = simulator.start({
      baseUrl: () => `${options.publicUrl()}/${simulator.id}`,
      scenario: options.scenario,
      parameters: options.parameters,
      restored: options.restored?.[simulator.id],
      clock,
      faults,
      requests,
      deliverer,
    });
    inhabitants.set(simulator.id, { simulator: running, faults, requests, deliverer });
    app.use(
      `/${simulator.id}/*`,
      faultMiddleware({ clock, faults, requests, stopping: stopping.signal }, () => running),
    );
    app.route(`/${simulator.id}`, running.routes);
  }
  return {
    options,
    clock,
    inhabitants,
    app,
    stop() {
      stopping.abort();
      clock.stop();
      for (const { simulator } of inhabitants.values()) simulator.stop();
    },
  };
}
