import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** A full collection, without asking whoever starts the bench for a flag. */
setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

const PARTS = 10;
const LOOKS_A_PART = 3;
const LEEWAY = 1.15;
const LEEWAY_MB = 10;
const EVERY_MS = 50;

export interface Memory {
  /** What is alive (heap after a forced collection) in each tenth of the records: the least of three looks, since at any moment pages are on their way. */
  readonly heapMb: readonly number[];
  readonly peakRssMb: number;
}

/** The last tenth holds no more than the second did, within 15 % and 10 MB. */
export function isFlat(heapMb: readonly number[]): boolean {
  const [, second] = heapMb;
  const last = heapMb.at(-1);
  return second !== undefined && last !== undefined && last <= second * LEEWAY + LEEWAY_MB;
}

/** The live heap in megabytes: what a full collection leaves. */
function aliveMb(): number {
  collect();
  return Math.round(process.memoryUsage().heapUsed / 2 ** 20);
}

/** Watches the heap until it is told to stop. @param partDone how much of the work is done, 0 to 1. */
export function watchMemory(partDone: () => Promise<number>): { stop(): Promise<Memory> } {
  const looks: number[][] = Array.from({ length: PARTS }, () => []);
  let peakRss = 0;
  let seen = 0;
  let looking: Promise<void> | undefined;
  const look = async () => {
    const step = Math.floor((await partDone()) * PARTS * LOOKS_A_PART);
    const part = looks[Math.floor(step / LOOKS_A_PART)];
    if (step < seen || part === undefined) return;
    seen = step + 1;
    part.push(aliveMb());
  };
  const timer = setInterval(() => {
    peakRss = Math.max(peakRss, process.memoryUsage().rss);
    looking ??= look().finally(() => {
      looking = undefined;
    });
  }, EVERY_MS);
  return {
    async stop() {
      clearInterval(timer);
      await looking;
      return { heapMb: looks.flatMap((part) => (part.length === 0 ? [] : [Math.min(...part)])), peakRssMb: Math.round(peakRss / 2 ** 20) };
    },
  };
}
