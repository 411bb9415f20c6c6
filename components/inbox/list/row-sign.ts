import type { ConversationSummary } from "@/server/inbox/schema";

export type RowSign =
  | { readonly kind: "trouble"; readonly trouble: "rejected" | "unknown" }
  | { readonly kind: "overdue" | "due"; readonly minutes: number }
  | { readonly kind: "waiting" };

/** A deadline counts down in the list from here on. */
const SOON_MINUTES = 120;
const MINUTE_MS = 60_000;

/** At most one sign a row: our message is in trouble, the reply is late, it is due soon, the buyer waits. */
export function signOf(
  { sendTrouble, deadline, waitingSince }: Pick<ConversationSummary, "sendTrouble" | "deadline" | "waitingSince">,
  now: Date,
): RowSign | null {
  if (sendTrouble === "rejected" || sendTrouble === "unknown") return { kind: "trouble", trouble: sendTrouble };
  if (deadline !== null && deadline.at !== null && deadline.state !== "paused") {
    const left = Math.ceil((deadline.at.getTime() - now.getTime()) / MINUTE_MS);
    if (left <= 0) return { kind: "overdue", minutes: Math.max(1, -left) };
    if (left <= SOON_MINUTES || deadline.state === "warned") return { kind: "due", minutes: left };
  }
  return waitingSince === null ? null : { kind: "waiting" };
}

/** A span in its largest whole unit: 45 min, 3 h, 2 days. */
export function inUnits(minutes: number): { readonly value: number; readonly unit: "minute" | "hour" | "day" } {
  if (minutes < 90) return { value: minutes, unit: "minute" };
  if (minutes < 36 * 60) return { value: Math.round(minutes / 60), unit: "hour" };
  return { value: Math.round(minutes / (24 * 60)), unit: "day" };
}
