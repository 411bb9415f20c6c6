import type { HttpBindings } from "@hono/node-server";
import type { Hono } from "hono";
import type { z } from "zod";
import type { SimClock } from "./kit/clock";
import type { Deliverer } from "./kit/deliverer";
import type { Faults } from "./kit/faults";
import type { RequestLog } from "./kit/request-log";

/** Node's request and response are reachable, so that a fault can cut the connection. */
export interface SimulatorEnv {
  Bindings: HttpBindings;
}

/** What the host lends to a simulator for as long as one scenario runs. */
export interface SimulatorHost {
  /** The simulator's own base address with its prefix, for example `http://127.0.0.1:4020/ozon`. */
  baseUrl(): string;
  /** Scenario name; which scenarios exist is the simulator's own business. */
  scenario: string;
  /** Free parameters of the scenario (`bulk` takes sizes). */
  parameters: Readonly<Record<string, number>>;
  /** What the simulator's own `snapshot` gave before a restart. */
  restored: unknown;
  clock: SimClock;
  faults: Faults;
  requests: RequestLog;
  deliverer: Deliverer;
}

/** What the control desk can ask of a simulator: `POST /_control/<simulator>/<command>`. */
export type Desk = Record<string, { input: z.ZodType; run(input: never): unknown }>;

/** A running simulator: its routes (mounted under its prefix) and its desk. */
export interface RunningSimulator {
  routes: Hono<SimulatorEnv>;
  desk: Desk;
  /** The service's own error body and headers for a planted fault, so that faults look native; `status` where the service has another word for it (420). */
  faultAnswer(fault: { kind: string; status: number; retryAfterSeconds: number | null | undefined }): {
    status?: number;
    body: unknown;
    headers: Record<string, string>;
  };
  /** What faults are matched against and calls are counted by, where one path serves many operations (GraphQL); default the path. */
  callName?(path: string, body: string): string;
  /** JSON keys whose string values are enums; the `unknown-enum` fault overwrites them. */
  enumKeys: readonly string[];
  /** The state as JSON data, or undefined when it cannot be kept. */
  snapshot(): unknown;
  stop(): void;
}

/** A simulator as it stands in the registry. */
export interface Simulator {
  /** Also its URL prefix. */
  id: string;
  title: string;
  scenarios: readonly string[];
  start(host: SimulatorHost): RunningSimulator;
}

/** Declares a simulator; a function only so that the shape is checked where it is written. */
export function defineSimulator<S extends Simulator>(simulator: S): S {
  return simulator;
}

/** Declares a desk command; keeps the input type of its schema. */
export function deskCommand<S extends z.ZodType, O>(input: S, run: (input: z.output<S>) => O): { input: S; run(input: z.output<S>): O } {
  return { input, run };
}
