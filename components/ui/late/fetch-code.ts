const TRIES = 3;
const PAUSE_MS = 1_000;
/** "Offline" is the browser's guess: a desk on this very machine answers without any network, so it is asked all the same. */
const OFFLINE_PAUSE_MS = 10_000;

/** Ends early when the line comes back. */
const pause = (ms: number) =>
  new Promise<void>((resolve) => {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), ms);
    addEventListener("online", () => stop.abort(), { signal: stop.signal });
    stop.signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });

/**
 * Fetches code that was left out of the first load. A line that is gone is waited for, and a stumble is tried again: React keeps a
 * failure of `lazy` for as long as the page lives.
 * @throws what the last of the tries with a line threw.
 */
export async function fetchCode<Code>(load: () => Promise<Code>): Promise<Code> {
  if (typeof window === "undefined") return load();
  for (let left = TRIES; ; ) {
    try {
      return await load();
    } catch (error) {
      if (navigator.onLine) left -= 1;
      if (left === 0) throw error;
      await pause(navigator.onLine ? PAUSE_MS : OFFLINE_PAUSE_MS);
    }
  }
}
