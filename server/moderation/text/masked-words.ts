import { scriptOf } from "./look-alike";
import type { Token } from "./tokens";

/** Words of a deal with figures and signs in place of letters (p1atf0rm, V€nm0, м@рк€тпл€йс) or with spaces between them. Read as the word they stand for. */

const MEANT =
  /^(?:marketplace|platform|ozon|wildberries|rozetka|hepsiburada|trendyol|shopify|amazon|paypal|venmo|zelle|revolut|cashapp|papara|payoneer|monobank|privatbank|сбербанк|тинькофф|монобанк|приватбанк|маркетплеис|площадк|платформ|озон|ваилдберриз|розетк|маиданчик|промокод|промо|promo|coupon|купон|kupon|discount|indirim|komisyon|комисси|комісі|commission|наличк|наличн|готівк|cash|nakit|картк?|предоплат|передоплат|перевод|переказ|напряму|direct|cancel|отмен|скасу|iptal|havale|crypto|крипт|bitcoin|телефон|phone)\p{L}{0,3}$/u;

/** What a sign may stand for, in Latin and in Cyrillic words. */
const LATIN: Readonly<Record<string, string>> = {
  "0": "o",
  "1": "li",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "8": "b",
  "9": "g",
  "@": "a",
  $: "s",
  "€": "e",
  "!": "i",
};
const CYRILLIC: Readonly<Record<string, string>> = {
  "0": "о",
  "1": "ли",
  "3": "зе",
  "4": "ча",
  "6": "б",
  "7": "т",
  "8": "в",
  "@": "а",
  $: "с",
  "€": "е",
  "!": "и",
};
const LONGEST = 20;
const SHORTEST = 4;
const MOST_SIGNS = 5;
const MOST_READINGS = 16;

/** Every way to read a clump, few at most. */
function readings(clump: string, signs: Readonly<Record<string, string>>): string[] {
  let found = [""];
  for (const unit of clump) {
    const letters = signs[unit] ?? unit;
    found = found.flatMap((begin) => [...letters].map((letter) => begin + letter)).slice(0, MOST_READINGS);
  }
  return found;
}

function wordMeant(clump: string): string | undefined {
  const letters = clump.replace(/[^\p{L}]/gu, "");
  const count = clump.length - letters.length;
  if (clump.length < SHORTEST || count > MOST_SIGNS || letters.length < 2 || letters.length <= count) return undefined;
  return readings(clump, scriptOf(letters) === "latin" ? LATIN : CYRILLIC).find((word) => MEANT.test(word));
}

const isPiece = (token: Token): boolean => token.kind !== "mark" || /^[@$€!]$/.test(token.text);

const SPACED = /^(?:поза|мимо|минуя|напрямую|directly|elden|дешевле|дешевше|cheaper|розетк\p{L}{0,3})$/u;
const LEAST_SPACED = 4;
const MOST_SPACED = 14;

/** "п о з а   р о з е т к о ю": a word of a deal, each letter by itself with one space between. The longest that is one. */
function spacedAt(tokens: readonly Token[], index: number): { readonly token: Token; readonly next: number } | undefined {
  const begin = tokens[index];
  if (begin?.kind !== "word" || begin.text.length !== 1) return undefined;
  let [word, last] = ["", begin];
  let found: { readonly token: Token; readonly next: number } | undefined;
  for (let at = index; at < index + MOST_SPACED; at += 1) {
    const token = tokens[at];
    if (token?.kind !== "word" || token.text.length !== 1 || (at > index && (token.gap !== 1 || token.from - last.to !== 1))) break;
    word += token.text;
    last = token;
    if (word.length >= LEAST_SPACED && (SPACED.test(word) || MEANT.test(word)))
      found = { token: { kind: "word", text: word, from: begin.from, to: token.to, gap: begin.gap }, next: at + 1 };
  }
  return found;
}

/** The tokens with such clumps, and such spaced letters, read as one word each. A clump has nothing between its pieces. */
export function unmasked(tokens: readonly Token[]): Token[] {
  const result: Token[] = [];
  for (let index = 0; index < tokens.length; ) {
    const merged = clumpAt(tokens, index) ?? spacedAt(tokens, index);
    const token = merged?.token ?? tokens[index];
    if (token !== undefined) result.push(token);
    index = merged?.next ?? index + 1;
  }
  return result;
}

function clumpAt(tokens: readonly Token[], index: number): { readonly token: Token; readonly next: number } | undefined {
  const begin = tokens[index];
  const before = tokens[index - 1];
  if (begin === undefined || !isPiece(begin) || (begin.gap === 0 && before !== undefined && isPiece(before))) return undefined;
  let [text, next] = [begin.text, index + 1];
  for (let token = tokens[next]; token !== undefined && token.gap === 0 && isPiece(token) && text.length <= LONGEST; token = tokens[next]) {
    text += token.text;
    next += 1;
  }
  const last = tokens[next - 1];
  if (next - index < 2 || last === undefined || text.length > LONGEST) return undefined;
  const word = wordMeant(text);
  return word === undefined ? undefined : { token: { kind: "word", text: word, from: begin.from, to: last.to, gap: begin.gap }, next };
}

/** Whether a word is written with signs for letters. @param text the folded text its offsets count in. */
export const isMasked = (text: string, token: Token | undefined): boolean =>
  token?.kind === "word" && token.to - token.from <= LONGEST && /[\d@$€!]/.test(text.slice(token.from, token.to));
