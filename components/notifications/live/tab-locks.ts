"use client";

/**
 * Duties that are shared out among all open tabs of a person by the browser's locks: whoever holds a lock has the duty, and when
 * that tab closes or crashes the next in the queue has it at once. Tabs that hold a lock are also not put to sleep.
 */
export type Duty =
  /** Holds the stream of notices and tells the others. */
  | "line"
  /** Rings: only a tab somebody has touched is allowed to make a sound. */
  | "voice"
  /** Is being looked at. */
  | "attended";

const nameOf = (duty: Duty) => `karavan.notices.${duty}`;

/** Absent where a browser offers no locks: on plain http, other than localhost. */
function manager(): LockManager | undefined {
  return (navigator as { locks?: LockManager }).locks;
}

export function hasLocks(): boolean {
  return manager() !== undefined;
}

/**
 * Waits for the duty and keeps it until the returned function is called. Without locks every tab has every duty at once.
 * @param onHeld called when the duty has come to this tab
 */
export function takeDuty(duty: Duty, onHeld: () => void, mode: "exclusive" | "shared" = "exclusive"): () => void {
  const locks = manager();
  if (locks === undefined) {
    onHeld();
    return () => undefined;
  }
  const waiting = new AbortController();
  let release: () => void = () => waiting.abort();
  const held = () =>
    new Promise<void>((done) => {
      release = done;
      onHeld();
    });
  locks.request(nameOf(duty), { mode, signal: waiting.signal }, held).catch((error: unknown) => {
    // Given back before it came: that is what aborting means.
    if (!waiting.signal.aborted) throw error;
  });
  return () => release();
}

/** Which duties some tab has now; null where nobody can know. */
export async function heldDuties(): Promise<ReadonlySet<Duty> | null> {
  const locks = manager();
  if (locks === undefined) return null;
  const { held = [] } = await locks.query();
  const names = new Set(held.map((lock) => lock.name));
  return new Set((["line", "voice", "attended"] as const).filter((duty) => names.has(nameOf(duty))));
}
