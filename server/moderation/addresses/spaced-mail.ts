import type { Match } from "../match";
import { latinLetter } from "../text/look-alike";
import type { Reading } from "../text/tokens";
import { endingOf } from "./domains";

/** An e-mail address whose every letter stands by itself: "s v e t a . k u k l y @ b k . r u". */

const MOST = 40;
const LEAST_BEFORE = 3;
const MARKS = /^[._+-]$/;

/** Single letters, figures and marks of an address from a token on, in one direction. @returns the last of them, and what they spell. */
function pieces({ tokens }: Reading, at: number, step: 1 | -1): { readonly end: number; readonly text: string; readonly letters: number } {
  let [text, end, letters] = ["", at, 0];
  for (let index = at + step; Math.abs(index - at) <= MOST; index += step) {
    const token = tokens[index];
    // What stands between this piece and the one nearer to the @.
    const gap = (step === 1 ? token : tokens[index + 1])?.gap ?? 2;
    if (token === undefined || gap === 2 || token.text.length !== 1 || (token.kind === "mark" && !MARKS.test(token.text))) break;
    const letter = token.kind === "word" ? latinLetter(token.text) : token.text;
    text = step === 1 ? text + letter : letter + text;
    if (token.kind !== "mark") {
      letters += 1;
      end = index;
    }
  }
  return { end, text, letters };
}

/** The address around an @, when its letters stand apart on both sides. */
export function spacedMailAt(reading: Reading, index: number): Match | undefined {
  if (reading.tokens[index]?.text !== "@") return undefined;
  const [box, host] = [pieces(reading, index, -1), pieces(reading, index, 1)];
  if (box.letters < LEAST_BEFORE || host.letters < LEAST_BEFORE || !host.text.includes(".")) return undefined;
  if (endingOf(host.text.replace(/[^a-z0-9]+$/, "")) === "none") return undefined;
  return { kind: "email", reason: "email.spaced", first: box.end, last: host.end, certainty: "certain" };
}
