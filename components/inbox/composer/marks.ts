export interface Mark {
  readonly start: number;
  readonly end: number;
  /** What it warns of: something forbidden, or something still missing. */
  readonly tone: "failed" | "attention";
}

export interface MarkedPiece {
  readonly text: string;
  readonly tone: Mark["tone"] | null;
}

/** The text in pieces, marked ones with their tone; of marks that overlap, the earlier stands. */
export function markedPieces(text: string, marks: readonly Mark[]): MarkedPiece[] {
  const pieces: MarkedPiece[] = [];
  let at = 0;
  for (const { start, end, tone } of marks.toSorted((left, right) => left.start - right.start)) {
    if (start < at || end > text.length || end <= start) continue;
    if (start > at) pieces.push({ text: text.slice(at, start), tone: null });
    pieces.push({ text: text.slice(start, end), tone });
    at = end;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), tone: null });
  return pieces;
}

/** Placeholders that were never filled: `{{order_number}}`. */
export function openPlaceholders(text: string): Mark[] {
  return [...text.matchAll(/\{\{\s*[a-z_]+\s*(?:\|[^{}]*)?\}\}/g)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    tone: "attention" as const,
  }));
}
