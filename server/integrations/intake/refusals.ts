import { limiter } from "@/server/platform/rate-limit";

const DAY_SECONDS = 86_400;
const NEVER_REACHED = 1_000_000_000;
/** Used as a counter that every process shares and that forgets after a day: a flood of forgeries must not fill a table. */
const counter = limiter("webhook-refused", { points: NEVER_REACHED, perSeconds: DAY_SECONDS });

const keyOf = (system: string, connectionId: string | null) => connectionId ?? `${system}:unknown`;

export async function countRefusal(system: string, connectionId: string | null): Promise<void> {
  await counter.consume(keyOf(system, connectionId));
}

/** Pushes refused within the current day: forged, garbled, oversized, from a foreign address or account. */
export async function refusedToday(system: string, connectionId: string | null): Promise<number> {
  const { remaining } = await counter.peek(keyOf(system, connectionId));
  return NEVER_REACHED - remaining;
}
