const ELLIPSIS = "…";

/** Cuts by whole characters, so that no emoji is cut in half; what is cut ends in "…". */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  let kept = "";
  for (const character of text) {
    if (kept.length + character.length > most - ELLIPSIS.length) break;
    kept += character;
  }
  return kept + ELLIPSIS;
}
