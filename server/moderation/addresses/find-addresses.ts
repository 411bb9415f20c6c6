import type { Match } from "../match";
import { announcedBy } from "../numbers/context";
import type { FindingReason } from "../schema";
import { lexiconKey } from "../text/lexicon-key";
import type { Reading } from "../text/tokens";
import type { TaggedWords } from "../text/word-tags";
import { accountKind, isAllowed } from "./domains";
import { type At, atSignAt, isDotWord } from "./dots";
import { type Evidence, type Host, hostAt } from "./hosts";
import { spacedMailAt } from "./spaced-mail";
import { spokenPathAt, spokenVisitAt, usualMailAt } from "./told-addresses";

/** Links and e-mail addresses, however they are written. */

const keys = (words: string) => new Set(words.split(" ").map(lexiconKey));
/** Mail services people name without their ending. */
const PROVIDERS = keys(
  "gmail гмейл гмаил гмайл джимейл джимаил yandex яндекс мейл мэйл маил майл mail rambler рамблер яндексе яндекса мэйле мейле маиле рамблере гмейле гмайле гмаиле джимейле bk бк inbox инбокс list hotmail хотмейл outlook аутлук icloud айклауд yahoo ukr укр proton protonmail mynet ya",
);
/** Providers that are everyday words: only a sign before them makes an address. */
const LINK_WORDS = keys(
  "ссылка ссылке ссылку ссылки адрес адресу адресом адресов посилання посиланню адреса адресою link links url adres adresi adresimiz adresinden adresinde linki linkten linkini address www http https hxxp hxxps",
);

function isScheme(reading: Reading, index: number): boolean {
  return /^(?:h[tx]{2}ps?|ftp)$/.test(reading.tokens[index]?.text ?? "");
}

/** Where a scheme or "www" before a name begins; the name's own first token when there is none. */
function leadStart(reading: Reading, first: number): number {
  let start = first;
  const { tokens } = reading;
  const isWww = (at: number) => tokens[at]?.text === "www" && tokens[first]?.gap !== 2;
  if (isWww(first - 1)) start = first - 1;
  else if (isWww(first - 2) && tokens[first - 1]?.kind === "mark") start = first - 2;
  let at = start - 1;
  while (at > start - 7 && /^[:/\\]$/.test(tokens[at]?.text ?? "")) at -= 1;
  return at < start - 1 && isScheme(reading, at) ? at : start;
}

const WORDS_BEFORE = 4;
const WORDS_AFTER = 2;

function isAnnounced(reading: Reading, words: TaggedWords, first: number): boolean {
  if (leadStart(reading, first) < first || reading.tokens[first]?.text === "www") return true;
  const says = (at: number) => words.has(at, "site") || LINK_WORDS.has(reading.skeletons[at] ?? "");
  for (let at = first - 1; at >= first - WORDS_BEFORE && reading.sentence[at] === reading.sentence[first]; at -= 1) if (says(at)) return true;
  return false;
}

/** "kervanev com sitesi", "romashka.in/catalog": what follows makes an address of it. */
function isConfirmed(reading: Reading, words: TaggedWords, last: number): boolean {
  const slash = reading.tokens[last + 1];
  const behind = reading.tokens[last + 2];
  if (slash?.text === "/" && slash.gap === 0 && behind !== undefined && behind.gap === 0 && behind.kind !== "mark") return true;
  for (let at = last + 1; at <= last + WORDS_AFTER; at += 1) if (words.has(at, "site") || LINK_WORDS.has(reading.skeletons[at] ?? "")) return true;
  return false;
}

const PATH_MARKS = /^[/?#&=%_\-.~:+@!,;]$/;

/** The port, path and query behind a host: everything up to a space, without the sentence's own punctuation. */
function tailEnd(reading: Reading, last: number, style: Host["style"]): number {
  const { tokens } = reading;
  let end = last;
  const separated = style !== "tight" && tokens[last + 1]?.text === "/" && tokens[last + 2]?.kind !== "mark";
  let at = last + 1;
  if (!separated && !(tokens[at]?.gap === 0 && /^[/?#:]$/.test(tokens[at]?.text ?? "")) && tokens[at]?.text !== "/") return end;
  for (; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined || (token.gap !== 0 && !(separated && at <= last + 2 && token.gap === 1))) break;
    if (token.kind === "mark" && !PATH_MARKS.test(token.text)) break;
    if (token.kind !== "mark" || token.text === "/") end = at;
  }
  return end;
}

function linkReason(host: Host): FindingReason {
  if (host.isAddress) return "link.address";
  if (host.lookAlike) return "link.look_alike";
  if (host.style === "none") return "link.no_dot";
  if (host.style === "word" || host.style === "bracket" || host.style === "comma") return "link.dot_word";
  return host.style === "loose" || host.style === "after" || host.spaced ? "link.spaced" : "link.plain";
}

function linkMatch(reading: Reading, host: Host): Match {
  const kind = host.isAddress ? "link" : accountKind(host.name);
  const certainty = host.style === "after" || host.style === "none" ? "likely" : "certain";
  const reason = kind === "link" ? linkReason(host) : (`${kind}.handle` as const);
  return { kind, reason, first: leadStart(reading, host.first), last: tailEnd(reading, host.last, host.style), certainty };
}

const LOCAL_MARKS = /^[._\-+]$/;

/** The token where the part before the @ begins; the @ itself when nothing is there. */
function localStart(reading: Reading, at: number): number {
  const { tokens } = reading;
  let start = at;
  for (let index = at - 1; index >= Math.max(0, at - 30); index -= 1) {
    const token = tokens[index];
    const gapBehind = tokens[index + 1]?.gap ?? 0;
    if (token === undefined || gapBehind === 2 || (gapBehind === 1 && start !== at)) break;
    if (token.kind === "mark" && !LOCAL_MARKS.test(token.text)) break;
    if (token.kind !== "mark") start = index;
  }
  return start;
}

/** Behind a word for @ ("at", "собака") an address needs more than a name with an ending: a dotted or numbered name, or talk of mail. */
function isMailByWord(words: TaggedWords, at: number, start: number, host: Host | undefined): boolean {
  if (start === at) return false;
  if (words.any(start - 6, at - 1, "mail")) return true;
  if (host !== undefined && (host.style === "word" || host.style === "bracket")) return true;
  return at - start > 1;
}

function emailReason(sign: At, host: Host | undefined, reading: Reading, at: number): FindingReason {
  if (sign.style !== "sign") return "email.at_word";
  if (host?.lookAlike === true) return "email.look_alike";
  if (host?.style === "word" || host?.style === "bracket" || host?.style === "comma") return "email.at_word";
  const tight = host?.style === "tight" && reading.tokens[at]?.gap === 0 && reading.tokens[sign.next]?.gap === 0;
  return tight ? "email.plain" : "email.spaced";
}

function emailAt(reading: Reading, words: TaggedWords, at: number, allowed: readonly string[]): Match | undefined {
  const sign = atSignAt(reading, at);
  if (sign === undefined || reading.tokens[sign.next]?.gap === 2) return undefined;
  const start = localStart(reading, at);
  const host = hostAt(reading, sign.next, { announced: true });
  // "@volia.tt" is an account; "@gmail.com" is where somebody's mail is.
  if (start === at && !PROVIDERS.has(reading.skeletons[sign.next] ?? "")) return undefined;
  if (host !== undefined && isAllowed(host.name, allowed)) return undefined;
  const provider = host === undefined && PROVIDERS.has(reading.skeletons[sign.next] ?? "");
  if (host === undefined && !provider) return undefined;
  if (sign.style === "ordinary" && !isMailByWord(words, at, start, host)) return undefined;
  if (sign.style !== "sign" && start === at) return undefined;
  const last = host?.last ?? sign.next;
  return { kind: "email", reason: emailReason(sign, host, reading, at), first: start, last, certainty: host === undefined ? "likely" : "certain" };
}

/** Services that are nothing but mail. */
const MAIL_ONLY = keys("gmail гмейл гмаил гмайл джимейл джимаил hotmail хотмейл outlook аутлук icloud protonmail rambler");
const BETWEEN_MAIL_AND_NAME = keys(
  "adresim adresimiz hesabim is это мой мій адрес address почта пошта почту пошту mail email логин логін login имя name id на on my",
);
const MOST_BETWEEN = 4;

/** "gmail adresim ahsap34", "на джимейл ihortools напишіть": a mail service and whose box it is. */
function mailboxAt(reading: Reading, words: TaggedWords, index: number): Match | undefined {
  if (!MAIL_ONLY.has(reading.skeletons[index] ?? "")) return undefined;
  for (let at = index + 1; at <= index + MOST_BETWEEN && reading.sentence[at] === reading.sentence[index]; at += 1) {
    const token = reading.tokens[at];
    if (token === undefined) return undefined;
    if (token.kind === "mark" ? /^[:=\-–—"«]$/.test(token.text) : BETWEEN_MAIL_AND_NAME.has(reading.skeletons[at] ?? "")) continue;
    return token.gap === 0 ? undefined : mailboxMatch(reading, words, index, at);
  }
  return undefined;
}

function mailboxMatch(reading: Reading, words: TaggedWords, index: number, at: number): Match | undefined {
  const after = reading.tokens[at + 1];
  if (!/^[a-z]{4,}$/.test(reading.tokens[at]?.text ?? "") || words.has(at, "product") || words.has(at, "invite")) return undefined;
  const numbered = after?.kind === "number" && after.gap === 0;
  const told = numbered || /[._]/.test(after?.text ?? "") || words.any(index - 5, at + 5, "invite") || words.any(index - 2, at - 1, "our");
  return told ? { kind: "email", reason: "email.at_word", first: index, last: numbered ? at + 1 : at, certainty: "likely" } : undefined;
}

/** "goodsline at gmail", "zakaz_pechi на мейл ру", "скринька tovarua на укр нет": a box, and whose mail it is in. */
function boxAtProvider(reading: Reading, words: TaggedWords, index: number): Match | undefined {
  const { tokens, skeletons } = reading;
  if (!PROVIDERS.has(skeletons[index] ?? "") || !/^(?:at|на|эт|ат|et)$/.test(tokens[index - 1]?.text ?? "")) return undefined;
  const box = tokens[index - 2];
  const first = box === undefined ? index : tokens[index - 1]?.gap === 1 ? localStart(reading, index - 1) : index;
  if (first >= index - 1 || !/^[a-z]{3,}$/.test(tokens[first]?.text ?? "") || words.has(first, "invite") || words.has(first, "our")) return undefined;
  const named = MAIL_ONLY.has(skeletons[index] ?? "") || index - first > 2;
  if (!named && !words.any(first - 5, first - 1, "mail") && !words.any(index + 1, index + 4, "mail")) return undefined;
  return { kind: "email", reason: "email.at_word", first, last: index, certainty: "likely" };
}

const MAIL_ENDING = /^(?:com|ком|ru|ру|net|нет|ua|юа|уа)$/;

/** "petrov.sergey гмейл ком", "oksana_85 ukr net": a box and its mail with nothing for the @ between. */
function unsignedAt(reading: Reading, words: TaggedWords, index: number): Match | undefined {
  const { tokens, skeletons } = reading;
  if (!PROVIDERS.has(skeletons[index] ?? "") || tokens[index]?.gap !== 1) return undefined;
  const dot = /^[.,]$/.test(tokens[index + 1]?.text ?? "") || isDotWord(skeletons[index + 1] ?? "") ? 1 : 0;
  if (!MAIL_ENDING.test(tokens[index + 1 + dot]?.text ?? "") || tokens[index + 1 + dot]?.gap === 2) return undefined;
  const first = localStart(reading, index);
  if (first === index) return undefined;
  const marked = index - first > 1 && /[a-z]/.test(tokens[first]?.text ?? "");
  const told = marked || (MAIL_ONLY.has(skeletons[index] ?? "") && (/^[a-z]{4,}$/.test(tokens[first]?.text ?? "") || words.any(first - 5, first, "mail")));
  return told ? { kind: "email", reason: "email.spaced", first, last: index + 1 + dot, certainty: "likely" } : undefined;
}

function emails(reading: Reading, words: TaggedWords, allowed: readonly string[], taken: Uint8Array): Match[] {
  const matches: Match[] = [];
  for (let index = 0; index < reading.tokens.length; index += 1) {
    const match =
      emailAt(reading, words, index, allowed) ??
      mailboxAt(reading, words, index) ??
      boxAtProvider(reading, words, index) ??
      unsignedAt(reading, words, index) ??
      usualMailAt(reading, words, index) ??
      spacedMailAt(reading, index);
    if (match === undefined || taken[match.first] === 1) continue;
    matches.push(match);
    taken.fill(1, match.first, match.last + 1);
    index = match.last;
  }
  return matches;
}

/** All e-mail addresses and, outside them, all links to hosts that are not allowed. */
export function addresses(reading: Reading, words: TaggedWords, allowed: readonly string[]): Match[] {
  const taken = new Uint8Array(reading.tokens.length);
  const matches = emails(reading, words, allowed, taken);
  for (let index = 0; index < reading.tokens.length; index += 1) {
    const token = reading.tokens[index];
    if (token === undefined || token.kind === "mark" || taken[index] === 1 || continuesLabel(reading, index)) continue;
    const told = spokenPathAt(reading, index);
    if (told !== undefined) {
      matches.push(told);
      index = told.last;
      continue;
    }
    if (isGluedAddress(reading, index)) matches.push({ kind: "link", reason: "link.no_dot", first: index, last: index, certainty: "certain" });
    const host = linkAt(reading, words, index);
    const hostless = schemeAt(reading, index) ?? (host === undefined ? (inventedAt(reading, index) ?? spokenVisitAt(reading, index)) : undefined);
    if (hostless !== undefined) matches.push(hostless);
    if (host === undefined || isCodeInFours(reading, words, host)) continue;
    if (!isAllowed(host.name, allowed) || host.lookAlike) matches.push(linkMatch(reading, host));
    index = Math.max(index, tailEnd(reading, host.last, host.style));
  }
  return matches;
}

/** "ОКПД2 26.20.11.110": four small numbers that the words before them call a code. */
function isCodeInFours(reading: Reading, words: TaggedWords, host: Host): boolean {
  return host.isAddress && leadStart(reading, host.first) === host.first && announcedBy(reading, words, host.first, ["identifier"], 4);
}

function continuesLabel(reading: Reading, index: number): boolean {
  const token = reading.tokens[index];
  const before = reading.tokens[index - 1];
  // Inside letters set apart only the first one begins a name.
  if (token?.gap === 1 && token.text.length === 1 && before?.text.length === 1 && before.kind !== "mark") return true;
  return token?.gap === 0 && before !== undefined && (before.kind !== "mark" || "-_".includes(before.text));
}

/** "wwwromashkaru": everything but the dots. */
function isGluedAddress(reading: Reading, index: number): boolean {
  const text = reading.tokens[index]?.text ?? "";
  return text.length < 64 && /^www[a-z]{4,}(?:ru|com|ua|net|org|tr)$/.test(text);
}

/** "mebel.master/shop": an ending nobody registered, but written as an address is. */
function inventedAt(reading: Reading, index: number): Match | undefined {
  const { tokens, folded } = reading;
  const [name, dot, ending, slash, path] = tokens.slice(index, index + 5);
  if (dot?.text !== "." || slash?.text !== "/" || path === undefined || path.kind === "mark" || path.text.length < 3) return undefined;
  if ([dot, ending, slash, path].some((token) => token?.gap !== 0)) return undefined;
  if (!/^[a-z]{4,}$/.test(name?.text ?? "") || !/^[a-z]{4,}$/.test(ending?.text ?? "") || /^(?:html|json|conf|docx|xlsx|jpeg)$/.test(ending?.text ?? ""))
    return undefined;
  const letter = folded.source.charAt(folded.start[ending?.from ?? 0] ?? 0);
  return letter === letter.toLowerCase()
    ? { kind: "link", reason: "link.plain", first: index, last: tailEnd(reading, index + 2, "tight"), certainty: "likely" }
    : undefined;
}

/** "tg://resolve?domain=…": the scheme of a messenger's own program. */
function schemeAt(reading: Reading, index: number): Match | undefined {
  const { tokens } = reading;
  if (!/^(?:tg|viber|whatsapp|skype|instagram|vk)$/.test(tokens[index]?.text ?? "")) return undefined;
  const isScheme = tokens[index + 1]?.text === ":" && tokens[index + 2]?.text === "/" && tokens[index + 3]?.text === "/";
  return isScheme ? { kind: "messenger", reason: "messenger.handle", first: index, last: tailEnd(reading, index, "tight"), certainty: "certain" } : undefined;
}

function linkAt(reading: Reading, words: TaggedWords, index: number): Host | undefined {
  const announced = isAnnounced(reading, words, index);
  const host = hostAt(reading, index, { announced });
  if (host !== undefined || announced) return host;
  const evidence: Evidence = { announced: true };
  const confirmed = hostAt(reading, index, evidence);
  return confirmed !== undefined && isConfirmed(reading, words, confirmed.last) ? confirmed : undefined;
}
