export interface TextPiece {
  readonly text: string;
  readonly isMention: boolean;
}

const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** A pattern for "@name" of any of the names, the longest first, so that "@Anna B" is not taken for "@Anna". */
function pattern(names: readonly string[]): RegExp {
  const ordered = [...new Set(names)].filter((name) => name !== "").sort((left, right) => right.length - left.length);
  return new RegExp(`@(?:${ordered.map(literal).join("|")})(?![\\p{L}\\p{N}])`, "gu");
}

/** The text in pieces; those that name somebody are marked. */
export function mentionPieces(text: string, names: readonly string[]): TextPiece[] {
  if (names.every((name) => name === "")) return [{ text, isMention: false }];
  const pieces: TextPiece[] = [];
  let end = 0;
  for (const match of text.matchAll(pattern(names))) {
    if (match.index > end) pieces.push({ text: text.slice(end, match.index), isMention: false });
    pieces.push({ text: match[0], isMention: true });
    end = match.index + match[0].length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end), isMention: false });
  return pieces;
}

/** Who of these people is mentioned. Two of the same name are both meant: better one notice too many than none. */
export function mentionedIds(text: string, people: readonly { readonly userId: string; readonly name: string }[]): string[] {
  const mentioned = new Set(
    mentionPieces(
      text,
      people.map(({ name }) => name),
    )
      .filter(({ isMention }) => isMention)
      .map((piece) => piece.text.slice(1)),
  );
  return people.filter(({ name }) => mentioned.has(name)).map(({ userId }) => userId);
}
