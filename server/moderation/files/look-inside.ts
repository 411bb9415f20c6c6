import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { z } from "zod";

/** What was read in a file, or why it could not be read. */
const insideSchema = z.union([
  z.object({
    codes: z.array(z.object({ text: z.string(), page: z.number() })),
    texts: z.array(z.object({ text: z.string(), page: z.number() })),
  }),
  z.object({ fault: z.enum(["unreadable", "too_complex"]) }),
]);
export type Inside = z.infer<typeof insideSchema>;

export interface FileLimits {
  /** Of one picture, before it is made smaller. */
  readonly pixels: number;
  /** Longest side a code is looked for in, in pixels. */
  readonly side: number;
  /** Of an animation. */
  readonly frames: number;
  readonly pages: number;
  /** Of text in a document. */
  readonly characters: number;
  readonly bytes: number;
  readonly timeMs: number;
}

/** A telephone's photo has 12 to 50 million pixels; a shop's manual rarely more than forty pages. */
export const FILE_LIMITS: FileLimits = { pixels: 60_000_000, side: 2_000, frames: 24, pages: 60, characters: 400_000, bytes: 25_000_000, timeMs: 20_000 };

const MOST_AT_ONCE = 2;
let busy = 0;
const waiting: (() => void)[] = [];

async function turn(): Promise<void> {
  if (busy >= MOST_AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  busy += 1;
}

function done(): void {
  busy -= 1;
  waiting.shift()?.();
}

/** Looks for codes and text in a picture or PDF, in a thread of its own; a file that takes too long or too much is "too complex". */
export async function lookInside(content: Uint8Array, type: "image" | "pdf", limits: FileLimits = FILE_LIMITS): Promise<Inside> {
  if (content.byteLength > limits.bytes) return { fault: "too_complex" };
  await turn();
  try {
    return await inThread(content, type, limits);
  } finally {
    done();
  }
}

function inThread(content: Uint8Array, type: "image" | "pdf", limits: FileLimits): Promise<Inside> {
  const file = join(/* turbopackIgnore: true */ process.cwd(), "server", "moderation", "files", "code-reader.mjs");
  const thread = new Worker(file, { workerData: { content, type, limits }, execArgv: [], resourceLimits: { maxOldGenerationSizeMb: 512 }, stderr: true });
  // Drained and dropped: decoders write of every damaged byte.
  thread.stderr.resume();
  return new Promise<Inside>((resolve) => {
    let settled = false;
    const settle = (inside: Inside) => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      resolve(inside);
      void thread.terminate();
    };
    const timer = setTimeout(() => settle({ fault: "too_complex" }), limits.timeMs);
    thread.once("message", (message: unknown) => {
      const parsed = insideSchema.safeParse(message);
      settle(parsed.success ? parsed.data : { fault: "unreadable" });
    });
    // Out of memory, or a decoder that fell over the file.
    thread.once("error", (error: Error & { code?: string }) => settle({ fault: error.code === "ERR_WORKER_OUT_OF_MEMORY" ? "too_complex" : "unreadable" }));
    thread.once("exit", () => settle({ fault: "unreadable" }));
  });
}
