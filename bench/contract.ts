import { cpus, totalmem } from "node:os";

export interface BenchOptions {
  readonly json: boolean;
  /** What stands behind the bench's name, `--json` left out. */
  readonly args?: readonly string[];
}

export type BenchFigures = Readonly<Record<string, number | string | boolean>>;

/** What `--json` prints. A bench may add top-level figures of its own (engine: `stepsPerSecond`). */
export interface BenchResult {
  readonly bench: string;
  readonly machine: string;
  readonly results: BenchFigures;
  /** The plainest way to do the same work, measured in the same run. */
  readonly baseline: BenchFigures;
  /** Ours against the baseline; what it divides is said in docs/performance.md. */
  readonly ratio: number;
  readonly stepsPerSecond?: number;
  readonly sent?: number;
  readonly duplicates?: number;
  readonly lost?: number;
}

/** Cores, memory and runtime in one line. */
export function describeMachine(): string {
  const processors = cpus();
  return `${processors.length} × ${processors[0]?.model ?? "CPU"}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`;
}
