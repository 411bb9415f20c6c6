import type { z } from "zod";
import type { OzonDesk } from "@/server/integrations/connectors/ozon/sandbox";
import type { DeliveryAttempt } from "../kit/deliverer";
import type { ActiveFault, FaultInput } from "../kit/faults";
import type { LoggedRequest } from "../kit/request-log";

type CommandCalls<D> = {
  [K in keyof D]: D[K] extends { input: infer S extends z.ZodType; run(input: never): infer O }
    ? Record<string, never> extends z.input<S>
      ? (input?: z.input<S>) => Promise<Awaited<O>>
      : (input: z.input<S>) => Promise<Awaited<O>>
    : never;
};

export type SimulatorControl<D> = CommandCalls<D> & {
  /** Plants a fault for the next calls (or pushes). */
  fail(fault: FaultInput): Promise<ActiveFault>;
  clearFaults(): Promise<void>;
  /** The last calls received, oldest first, and the number of calls per path since the start. */
  requests(options?: { last?: number; path?: string }): Promise<{ requests: LoggedRequest[]; counts: Record<string, number> }>;
  /** Attempts of outgoing pushes, oldest first. */
  deliveries(last?: number): Promise<DeliveryAttempt[]>;
};

export interface SandboxControl {
  ozon: SimulatorControl<OzonDesk>;
  status(): Promise<{ scenario: string; now: string; simulators: string[] }>;
  /** Moves simulated time forward and waits until everything that became due has happened. */
  advance(ms: number): Promise<{ now: string }>;
  /** Builds the world anew, with the same scenario unless another is named. */
  reset(change?: { scenario?: string; parameters?: Record<string, number>; startAt?: string }): Promise<void>;
}

/** The desk of one simulator, for its own tests: `createSimulatorControl<ItsDesk>(url, "its-id")`. */
export function createSimulatorControl<D>(sandboxUrl: string, id: string): SimulatorControl<D> {
  return simulatorControl<D>(id, caller(sandboxUrl));
}

/** A typed client of the sandbox's control desk. Throws an Error with the desk's own sentence when it refuses. */
export function createSandboxControl(sandboxUrl: string): SandboxControl {
  const call = caller(sandboxUrl);
  return {
    ozon: simulatorControl<OzonDesk>("ozon", call),
    status: () => call("GET", ""),
    advance: (ms) => call("POST", "/time/advance", { ms }),
    reset: async (change = {}) => {
      await call("POST", "/reset", change);
    },
  };
}

type Call = <T>(method: string, path: string, body?: unknown) => Promise<T>;

function caller(sandboxUrl: string): Call {
  const base = `${sandboxUrl.replace(/\/$/, "")}/_control`;
  return async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await fetch(base + path, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
    const json: unknown = await answer.json();
    if (!answer.ok) throw new Error(`control desk, ${path}: ${errorText(json)}`);
    return json as T;
  };
}

function simulatorControl<D>(id: string, call: Call): SimulatorControl<D> {
  const own = {
    fail: (fault: FaultInput) => call("POST", `/${id}/faults`, fault),
    clearFaults: () => call("DELETE", `/${id}/faults`),
    requests: (options: { last?: number; path?: string } = {}) =>
      call(
        "GET",
        `/${id}/requests?${new URLSearchParams({ last: String(options.last ?? 100), ...(options.path === undefined ? {} : { path: options.path }) })}`,
      ),
    deliveries: async (last = 100) => (await call<{ deliveries: unknown }>("GET", `/${id}/deliveries?last=${last}`)).deliveries,
  };
  return new Proxy(own, {
    get(target, name) {
      if (name in target) return Reflect.get(target, name);
      // A proxy that is awaited is asked for `then`; it must not look like a promise.
      if (typeof name !== "string" || name === "then") return undefined;
      return async (input: unknown = {}) => (await call<{ result: unknown }>("POST", `/${id}/${name}`, input)).result;
    },
  }) as unknown as SimulatorControl<D>;
}

function errorText(json: unknown): string {
  return typeof json === "object" && json !== null && "error" in json ? String(json.error) : JSON.stringify(json);
}
