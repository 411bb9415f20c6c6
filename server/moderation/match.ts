import type { Finding, FindingKind, FindingReason } from "./schema";
import { type Reading, sourceSpan } from "./text/tokens";

/** A finding while it still counts in tokens. */
export interface Match {
  readonly kind: FindingKind;
  readonly reason: FindingReason;
  /** Tokens, both included. */
  readonly first: number;
  readonly last: number;
  readonly certainty: Finding["certainty"];
}

/** The same, in offsets of the text as it was written. */
export function toFinding(reading: Reading, match: Match): Finding {
  const { start, end } = sourceSpan(reading, match.first, match.last);
  return { kind: match.kind, reason: match.reason, start, end, matched: reading.folded.source.slice(start, end), certainty: match.certainty };
}
