export type TriggerSign = "#" | "@";

export interface Trigger {
  /** Where the sign stands. */
  readonly start: number;
  /** What was typed after it. */
  readonly query: string;
}

const patterns: Readonly<Record<TriggerSign, RegExp>> = {
  "#": /(?:^|\s)#([\p{L}\p{N}_-]{0,40})$/u,
  // A name may have a second word.
  "@": /(?:^|[\s(])@([\p{L}\p{N}._'-]{0,40}(?: [\p{L}\p{N}._'-]{0,40})?)$/u,
};

/** The word behind a sign that the caret stands at the end of; null when it stands elsewhere. */
export function findTrigger(text: string, caret: number, sign: TriggerSign): Trigger | null {
  const match = patterns[sign].exec(text.slice(0, caret));
  const query = match?.[1];
  return query === undefined ? null : { start: caret - query.length - 1, query };
}

export interface Replaced {
  readonly text: string;
  readonly caret: number;
}

/** Puts words in place of the sign and what was typed after it. */
export function replaceTrigger(text: string, { start }: Trigger, caret: number, words: string): Replaced {
  return { text: `${text.slice(0, start)}${words}${text.slice(caret)}`, caret: start + words.length };
}
