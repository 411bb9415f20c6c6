import { LaunchProblem } from "./problem";

const POLL_MS = 250;

/** Asks again and again until there is something. @throws LaunchProblem that says what did not happen. */
export async function until<T>(what: string, timeoutMs: number, ask: () => Promise<T | undefined>): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  while (performance.now() < deadline) {
    const found = await ask();
    if (found !== undefined) return found;
    await new Promise((wake) => setTimeout(wake, POLL_MS));
  }
  throw new LaunchProblem(`The check failed: ${what} did not happen within ${timeoutMs / 1_000} s.`);
}
