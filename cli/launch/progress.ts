import pc from "picocolors";

/** One line a step: what is being done, then how long it took. */
export interface Progress {
  step<T>(label: string, work: () => Promise<T>): Promise<T>;
  note(line: string): void;
}

export function createProgress(write: (text: string) => void = (text) => process.stdout.write(text)): Progress {
  return {
    note: (line) => write(`  ${line}\n`),
    step: async (label, work) => {
      const startedAt = performance.now();
      write(`  ${pc.dim("…")} ${label}\n`);
      const result = await work();
      const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
      write(`  ${pc.green("✓")} ${label} ${pc.dim(`${seconds} s`)}\n`);
      return result;
    },
  };
}
