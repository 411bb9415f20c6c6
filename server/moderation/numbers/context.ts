import type { Reading } from "../text/tokens";
import type { Tag, TaggedWords } from "../text/word-tags";
import { wordTest } from "../text/word-test";

/** What the nearest telling word says a number is. */
export type NumberContext = "call" | "identifier" | "none";

const WORDS_BEFORE = 9;
const WORDS_AFTER = 6;

/** The words nearest before the number count; then, when they say nothing, the words after it in the same sentence. */
export function numberContext(reading: Reading, words: TaggedWords, first: number, last: number): NumberContext {
  const sentence = reading.sentence[first];
  for (let at = first - 1; at >= Math.max(0, first - WORDS_BEFORE); at -= 1) {
    if (reading.sentence[at] !== sentence && !endsWithAbbreviation(reading, words, at, first)) break;
    if (isSerial(reading, at)) return "identifier";
    if (words.has(at, "identifier")) return callsSooner(reading, words, last, first - at) ? "call" : "identifier";
    if (words.has(at, "call") || isOwnNumber(reading, words, at) || (at === first - 2 && isTel(reading, at))) return "call";
    if (reading.tokens[at]?.text === "№") return "identifier";
  }
  return contextBehind(reading, words, last);
}

/** "сер. номер", "зав. №": looks like the Turkish "cep". */
const isSerial = ({ tokens }: Reading, at: number): boolean => /^(?:сер|зав)$/.test(tokens[at]?.text ?? "") && tokens[at + 1]?.text === ".";

function contextBehind(reading: Reading, words: TaggedWords, last: number): NumberContext {
  const lastSentence = reading.sentence[last];
  for (let at = last + 1; at <= last + WORDS_AFTER && reading.sentence[at] === lastSentence; at += 1) {
    if (words.has(at, "call") || isOwnNumber(reading, words, at)) return "call";
    if (words.has(at, "identifier")) return isCalledYet(reading, at, last) ? "call" : "identifier";
  }
  return "none";
}

const CALL_IT = wordTest(/^(?:звоните|позвоните|наберите|набирайте|набираите|дзвоніть|зателефонуите|телефонуите|arayin|arayiniz|ara|call|ring|dial)$/);

/** "0544 771 82 35 kargo çıkmadan arayın": the thing is no more than what the call is about. */
function isCalledYet({ tokens, clause }: Reading, from: number, last: number): boolean {
  for (let at = from + 1; at <= last + WORDS_AFTER && clause[at] === clause[last]; at += 1) if (CALL_IT.test(tokens[at]?.text ?? "")) return true;
  return false;
}

/** What only books, goods and parts have. */
const LABEL = wordTest(/^(?:isbn|issn|ean|еан|исбн|oem|оем|gtin|upc|mpn|imei|asin|партномер\p{L}*|partno|sku|скю|шасси|шасі|sasi|vin|udk|удк|ббк)$/u);
const LABEL_WITHIN = 4;

/** "ISBN 978-…", "OEM: 8200 768 913": the label of a number right before it, with nothing but marks or "no." between. */
export function isLabelled({ tokens }: Reading, words: TaggedWords, first: number): boolean {
  for (let at = first - 1; at >= first - LABEL_WITHIN; at -= 1) {
    const token = tokens[at];
    if (token === undefined) return false;
    if (LABEL.test(token.text)) return true;
    if (token.kind !== "mark" && !words.has(at, "number") && !words.has(at, "code")) return false;
  }
  return false;
}

/** "Ürün için 0532… arayabilirsiniz": the call stands nearer behind the number than the thing before it. */
function callsSooner(reading: Reading, words: TaggedWords, last: number, distance: number): boolean {
  let marks = 0;
  for (let at = last + 1; at < last + distance + marks && at <= last + WORDS_AFTER && reading.clause[at] === reading.clause[last]; at += 1) {
    if (reading.tokens[at]?.kind === "mark" || reading.tokens[at]?.gap === 0) marks += 1;
    if (words.has(at, "call")) return true;
  }
  return false;
}

/** "т. 118-40-27", "t: 118-40-27". */
const isTel = ({ tokens }: Reading, at: number): boolean =>
  /^[тt]$/.test(tokens[at]?.text ?? "") && /^[.:]$/.test(tokens[at + 1]?.text ?? "") && tokens[at + 2]?.gap === 1;

/** "мой номер", "numaram", "my number is": nobody says so of an order. */
function isOwnNumber(reading: Reading, words: TaggedWords, at: number): boolean {
  if (!words.has(at, "number")) return false;
  return (/^numaram/.test(reading.tokens[at]?.text ?? "") && !words.has(at - 1, "identifier")) || words.has(at - 1, "our") || words.has(at + 1, "our");
}

/** "тел. 123-45-67", "арт. 15", "no. 5": a full stop that ends an abbreviation, not a sentence; and what a colon announces on the line above. */
function endsWithAbbreviation(reading: Reading, words: TaggedWords, at: number, first: number): boolean {
  if (at < first - 3) return false;
  const mark = reading.tokens[at]?.text;
  return mark === "." || mark === ":" || words.has(at, "call") || words.has(at, "identifier") || words.has(at, "number");
}

/** "р/с", "к/с", "р/р", "a/c". */
function isAccountShort({ tokens }: Reading, at: number): boolean {
  const [left, slash, right] = tokens.slice(Math.max(0, at - 1), at + 2);
  return slash?.text === "/" && /^[ркa]$/.test(left?.text ?? "") && /^[срc]$/.test(right?.text ?? "");
}

/** Whether one of the tags stands among the few words before a number, in its sentence or announced by it. */
export function announcedBy(reading: Reading, words: TaggedWords, first: number, tags: readonly Tag[], within = WORDS_BEFORE): boolean {
  const sentence = reading.sentence[first];
  for (let at = first - 1; at >= Math.max(0, first - within); at -= 1) {
    if (reading.sentence[at] !== sentence && !endsWithAbbreviation(reading, words, at, first)) return false;
    if (tags.some((tag) => words.has(at, tag)) || (tags.includes("account") && isAccountShort(reading, at))) return true;
  }
  return false;
}
