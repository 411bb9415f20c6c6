import { limiter } from "@/server/platform/rate-limit";

const DAY_SECONDS = 86_400;
const NEVER_REACHED = 1_000_000_000;
/** Used as a counter that every process shares and that forgets after a day: a flood of forgeries must not fill a table. */
const counter = limiter("webhook-refused", { points: NEVER_REACHED, perSeconds: DAY_SECONDS });

const keyOf = (system: string, connectionId: string | null) => connectionId ?? `${system}:unknown`;

interface Tally {
  points: number;
  readonly written: Promise<void>;
}

/** What came while a count of the same key was being written; a flood costs one statement at a time, not one each. */
const next = new Map<string, Tally>();
const writing = new Map<string, Promise<unknown>>();

export function countRefusal(system: string, connectionId: string | null): Promise<void> {
  const key = keyOf(system, connectionId);
  const open = next.get(key);
  if (open !== undefined) {
    open.points += 1;
    return open.written;
  }
  const before = writing.get(key) ?? Promise.resolve();
  const written = before.then(async () => {
    const points = next.get(key)?.points ?? 0;
    next.delete(key);
    await counter.consume(key, points);
  });
  next.set(key, { points: 1, written });
  const settled = written.catch(() => undefined).finally(() => (writing.get(key) === settled ? writing.delete(key) : undefined));
  writing.set(key, settled);
  return written;
}

/** Pushes refused within the current day: forged, garbled, oversized, from a foreign address or account. */
export async function refusedToday(system: string, connectionId: string | null): Promise<number> {
  const { remaining } = await counter.peek(keyOf(system, connectionId));
  return NEVER_REACHED - remaining;
}
