import { performance } from "node:perf_hooks";
import { listBackends, processorMs } from "./processor";

export interface Times {
  readonly p50: number;
  readonly p95: number;
  /** Of the processor time that this process and the database's took: what a busy machine adds by waiting is not in it. */
  readonly processorP95: number;
}

export function percentile(times: readonly number[], part: number): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length * part)] ?? 0;
}

/** Does the work some times to warm up, then so many times by the clock. */
export async function measure(rounds: number, work: (round: number) => Promise<unknown>): Promise<Times> {
  for (let round = 0; round < Math.min(4, rounds); round += 1) await work(round);
  const backends = await listBackends();
  const times: number[] = [];
  const processor: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const [start, used] = [performance.now(), processorMs(backends)];
    await work(round);
    times.push(performance.now() - start);
    processor.push(processorMs(backends) - used);
  }
  return { p50: percentile(times, 0.5), p95: percentile(times, 0.95), processorP95: percentile(processor, 0.95) };
}

/** `p50 | p95 | p95 of processor time`, in milliseconds. */
export const asLine = ({ p50, p95, processorP95 }: Times): string => [p50, p95, processorP95].map((ms) => ms.toFixed(1)).join(" | ");
