import type { Inngest, InngestFunction } from "inngest";

/** What the behaviour suite may know about the engine under test. The same suite runs on each implementation. */
export interface RunView {
  readonly runId: string;
  readonly status: "Queued" | "Running" | "Completed" | "Failed" | "Cancelled";
  readonly output: unknown;
}

export interface Driver {
  readonly name: string;
  readonly client: Inngest;
  /** Serves the functions and makes the engine know them. */
  start(functions: InngestFunction.Any[]): Promise<void>;
  stop(): Promise<void>;
  /** Runs started by one event, by the id that `client.send` gave. */
  runsForEvent(eventId: string): Promise<readonly RunView[]>;
  cancel(runId: string): Promise<void>;
  /** Lets a full minute of the schedule pass. */
  passMinute(): Promise<void>;
}

/** The functions of the suite fail on purpose: their stacks would drown the report. */
export const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
