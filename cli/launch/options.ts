import { parseArgs } from "node:util";
import { LaunchProblem } from "./problem";

export interface LaunchOptions {
  readonly port: number;
  readonly portGiven: boolean;
  readonly host: string;
  readonly url: string | undefined;
  readonly reset: boolean;
  readonly check: boolean;
  /** Scenario of the sandbox. */
  readonly scenario: string;
}

/** @throws LaunchProblem for an unknown option or a port that is none. */
export function parseOptions(args: readonly string[]): LaunchOptions {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        port: { type: "string" },
        host: { type: "string" },
        url: { type: "string" },
        reset: { type: "boolean", default: false },
        check: { type: "boolean", default: false },
        scenario: { type: "string", default: "demo" },
      },
    });
    const port = Number(values.port ?? process.env["PORT"] ?? "3000");
    if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new LaunchProblem(`--port must be a number from 1 to 65535, not "${values.port}".`);
    return {
      port,
      portGiven: values.port !== undefined,
      host: values.host ?? "127.0.0.1",
      url: values.url,
      reset: values.reset,
      check: values.check,
      scenario: values.scenario,
    };
  } catch (error) {
    if (error instanceof LaunchProblem) throw error;
    throw new LaunchProblem(
      `${error instanceof Error ? error.message : String(error)} Known options: --port N, --host ADDRESS, --url ADDRESS, --reset, --check, --scenario NAME.`,
    );
  }
}
