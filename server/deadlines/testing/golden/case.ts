import type { DeadlineSettings } from "../../rules/obligations";
import type { ConversationTraits } from "../../rules/policies";
import type { Ending } from "../../rules/timeline";
import type { DeadlineState, Metric } from "../../schema";

/** [moment by the case's clocks, what happened, details] */
export type Line =
  | readonly [at: string, kind: "buyer" | "reply" | "bot" | "close" | "wake" | "pending" | "outage" | "outage over"]
  | readonly [at: string, kind: "resolve", settlesUntil?: string]
  | readonly [at: string, kind: "reopen", by: "person" | "buyer" | "service"]
  | readonly [at: string, kind: "snooze", until: string | null]
  | readonly [at: string, kind: "team", id: string | null]
  | readonly [at: string, kind: "labels", ids: readonly string[]];

/** Moments by the case's clocks; what is not named is not looked at. */
export interface Expected {
  readonly metric: Metric;
  readonly from: string;
  readonly due: string | null;
  readonly state: DeadlineState;
  readonly warn?: string;
  readonly pausedMinutes?: number;
  readonly ended?: Ending;
  readonly decidedBy?: "policy" | "limit";
}

export interface GoldenCase {
  readonly name: string;
  /** Default Europe/Moscow. */
  readonly timeZone?: string;
  readonly settings?: DeadlineSettings;
  readonly traits?: Partial<ConversationTraits>;
  readonly hasReplied?: boolean;
  readonly timeline: readonly Line[];
  readonly now: string;
  readonly expect: readonly Expected[];
}
