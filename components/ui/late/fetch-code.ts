const TRIES = 3;
const PAUSE_MS = 1_000;

const untilOnline = () => new Promise<void>((resolve) => (navigator.onLine ? resolve() : addEventListener("online", () => resolve(), { once: true })));
const pause = () => new Promise<void>((resolve) => setTimeout(resolve, PAUSE_MS));

/**
 * Fetches code that was left out of the first load. A line that is gone is waited for, and a stumble is tried again: React keeps a
 * failure of `lazy` for as long as the page lives.
 * @throws what the last of the tries with a line threw.
 */
export async function fetchCode<Code>(load: () => Promise<Code>): Promise<Code> {
  if (typeof window === "undefined") return load();
  for (let left = TRIES; ; ) {
    await untilOnline();
    try {
      return await load();
    } catch (error) {
      if (navigator.onLine) left -= 1;
      if (left === 0) throw error;
      await pause();
    }
  }
}
