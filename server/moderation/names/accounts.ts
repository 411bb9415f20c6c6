import { isAllowed, MARKETPLACE_DOMAINS } from "../addresses/domains";
import { atSignAt } from "../addresses/dots";
import { hostAt } from "../addresses/hosts";
import type { Match } from "../match";
import { lexiconKey } from "../text/lexicon-key";
import { scriptOf } from "../text/look-alike";
import { clauseAround, type Stretch, sentenceAround } from "../text/stretch";
import type { Reading } from "../text/tokens";
import type { TaggedWords } from "../text/word-tags";
import { wordTest } from "../text/word-test";
import type { NameMention } from "./find-names";

/** Somebody's account: @name, or the name that follows a messenger's name or the word "nick". */

export interface Account {
  readonly first: number;
  readonly last: number;
  /** Has a dot, underscore or digit inside: no ordinary word looks so. */
  readonly marked: boolean;
  readonly length: number;
  readonly script: ReturnType<typeof scriptOf>;
}

const MOST_PIECES = 12;

/** The account name that begins at a token: letters, digits, "_" and "." written tight. */
export function accountAt(reading: Reading, index: number): Account | undefined {
  const { tokens } = reading;
  const begin = tokens[index];
  if (begin === undefined || (begin.kind === "mark" && begin.text !== "_")) return undefined;
  let text = begin.text;
  let last = index;
  for (let at = index + 1; at < index + MOST_PIECES; at += 1) {
    const token = tokens[at];
    if (token === undefined || token.gap !== 0) break;
    const inner = tokens[at + 1]?.gap === 0 && tokens[at + 1]?.kind !== "mark";
    if (token.kind === "mark" && !(token.text === "_" || ((token.text === "." || token.text === "-") && inner))) break;
    text += token.text;
    last = at;
  }
  const letters = text.replace(/[^\p{L}]/gu, "");
  const marked = /[_]|\p{L}\.\p{L}|\p{L}\d|\d\p{L}|\p{L}\.\d/u.test(text) && !/^v?\d/.test(text);
  return letters.length === 0 ? undefined : { first: index, last, marked, length: text.length, script: scriptOf(letters) };
}

const FILLERS = new Set(
  "это есть по за id is наш мой наша our my the hesabi hesabimiz adi adimiz adim adresi under as name имя назва ім'я пользователя користувача @"
    .split(" ")
    .map(lexiconKey),
);
const ANNOUNCING = new Set(["is", "это"].map(lexiconKey));
const STRONG_MARKS = /^[:=@→>«"“„/]$/;
const WEAK_MARKS = /^[-–—()'.,]$/;
/** What may be said behind a messenger's name without being anybody's account. */
const ORDINARY = new Set(
  "android ios iphone ipad apple samsung xiaomi huawei watch web desktop premium business bluetooth windows mac and or the for via with but bot messenger lite plus x app apps from yes no not is are logo notifications group channel whatsapp telegram viber instagram facebook tiktok youtube skype stories reels video photo calls messages direct sms fake closed blocked hacked down gone ve ile veya icin gibi uzerinden"
    .split(" ")
    .map(lexiconKey),
);
const MOST_BETWEEN = 7;

/** What is read on the way from a name to an account. */
type Step = "announces" | "passes" | "passed" | "describes" | "ends" | "account";

function stepAt(reading: Reading, words: TaggedWords, at: number): Step {
  const token = reading.tokens[at];
  if (token === undefined) return "ends";
  if (token.kind === "mark" && token.text !== "_") {
    if (STRONG_MARKS.test(token.text)) return "announces";
    return WEAK_MARKS.test(token.text) ? "passes" : "ends";
  }
  const account = accountAt(reading, at);
  if (account?.marked === true && account.length >= 4 && account.script !== "cyrillic") return "account";
  const key = reading.skeletons[at] ?? "";
  if (words.has(at, "nick") || ANNOUNCING.has(key)) return "announces";
  if (FILLERS.has(key)) return "passes";
  return words.has(at, "page") || words.has(at, "our") ? "describes" : "account";
}

/** The account told behind a messenger's name, if there is one. */
export function accountBehind(reading: Reading, words: TaggedWords, mention: NameMention): Account | undefined {
  const steps = new Set<Step>();
  for (let at = mention.last + 1; at <= mention.last + MOST_BETWEEN; at += 1) {
    if (reading.sentence[at] !== reading.sentence[mention.last]) return undefined;
    const step = stepAt(reading, words, at);
    if (step === "ends") return undefined;
    if (step === "account") {
      const account = accountAt(reading, at);
      if (account !== undefined && isAccount(reading, mention, account, steps) && (account.marked || !steps.has("passed"))) return account;
      // "Інстаграм сервісу: taras.fix": a word between them; from here on only what looks like nothing else.
      if (account === undefined || account.marked || account.first !== account.last) return undefined;
      steps.add("passed");
      continue;
    }
    steps.add(step);
  }
  return undefined;
}

/** "TG F2J3HS0W": capitals and figures behind nothing but a space are a model's name. */
function isModel({ tokens, folded }: Reading, { first, last }: Account): boolean {
  const [begin, end] = [tokens[first], tokens[last]];
  if (begin === undefined || end === undefined) return false;
  const written = folded.source.slice(folded.start[begin.from] ?? 0, folded.end[end.to - 1] ?? 0);
  return /^[A-Z\d-]+$/.test(written) && /[A-Z].*[A-Z]/.test(written) && /\d/.test(written);
}

/** "copperlane#2211": as one messenger writes its names. */
const isNumbered = ({ tokens }: Reading, { last }: Account): boolean =>
  tokens[last + 1]?.text === "#" && tokens[last + 1]?.gap === 0 && tokens[last + 2]?.gap === 0 && /^\d{4}$/.test(tokens[last + 2]?.text ?? "");

function isAccount(reading: Reading, mention: NameMention, account: Account, steps: ReadonlySet<Step>): boolean {
  if (!steps.has("announces") && isModel(reading, account)) return false;
  if (isNumbered(reading, account)) return true;
  if (account.marked && account.length >= 4 && account.script !== "cyrillic") return true;
  if (account.script !== "latin" || account.length < 4 || ORDINARY.has(reading.skeletons[account.first] ?? "")) return false;
  const saidInCyrillic = scriptOf(reading.tokens[mention.first]?.text ?? "") === "cyrillic";
  return steps.has("announces") || (saidInCyrillic && !steps.has("describes"));
}

const LEAST_HANDLE = 3;

/** @name, @ name, and "собака name" where a messenger or nickname is talked of. */
export function handleAt(reading: Reading, words: TaggedWords, index: number, mentioned: (at: number) => boolean): Match | undefined {
  const sign = atSignAt(reading, index);
  if (sign === undefined || sign.style === "ordinary") return undefined;
  const next = reading.tokens[sign.next];
  // "support@ozon.ru"
  const host = sign.style === "sign" && reading.tokens[index]?.gap === 0 ? hostAt(reading, sign.next, { announced: true }) : undefined;
  if (host !== undefined && isAllowed(host.name, MARKETPLACE_DOMAINS)) return undefined;
  const account = next === undefined || next.gap === 2 ? undefined : accountAt(reading, sign.next);
  if (account === undefined || account.length < LEAST_HANDLE || reading.tokens[sign.next]?.kind === "number") return undefined;
  if (sign.style !== "sign" || next?.gap === 1) {
    const near = account.marked || words.any(index - 4, index - 1, "nick") || mentioned(index);
    if (!near || account.script === "cyrillic") return undefined;
  }
  return { kind: "messenger", reason: "messenger.handle", first: index, last: account.last, certainty: account.script === "cyrillic" ? "likely" : "certain" };
}

/** "ищите нас под romashka_dom": what only an account looks like, in an invitation. A file's name is none. */
export function bareAccountAt(reading: Reading, words: TaggedWords, index: number): Match | undefined {
  const { tokens, folded } = reading;
  const before = tokens[index - 1];
  const token = tokens[index];
  if (token?.kind !== "word" || tokens[index + 1]?.text !== "_" || (token.gap === 0 && before !== undefined && before.kind !== "mark")) return undefined;
  const account = accountAt(reading, index);
  const last = tokens[account?.last ?? 0];
  if (account === undefined || last === undefined || account.script !== "latin" || !account.marked) return undefined;
  const written = folded.source.slice(folded.start[token.from] ?? 0, folded.end[last.to - 1] ?? 0);
  if (!/^[a-z]{3,}[a-z\d_.]*_[a-z\d]+$/.test(written) || /\.[a-z]{2,4}$/.test(written)) return undefined;
  const sentence = sentenceAround(reading, index);
  const told = before?.text === ":" && words.any(sentence.first, index - 2, "our");
  if (!told && !(["invite", "search", "mail"] as const).some((tag) => words.any(sentence.first, sentence.last, tag))) return undefined;
  return { kind: "messenger", reason: "messenger.handle", first: index, last: account.last, certainty: "likely" };
}

/** "наш профиль в запрещённой сети: romashka.decor": a page of theirs and, behind a colon, what only an account looks like. */
export function pageAt(reading: Reading, words: TaggedWords, index: number): Match | undefined {
  if (!words.has(index, "page") && !words.has(index, "nick")) return undefined;
  const sentence = sentenceAround(reading, index);
  if (!words.any(sentence.first, sentence.last, "our") && !words.any(sentence.first, sentence.last, "invite")) return undefined;
  for (let at = index + 1; at <= Math.min(index + 6, sentence.last); at += 1) {
    if (reading.tokens[at]?.text !== ":") continue;
    const account = accountAt(reading, at + 1);
    const told = account?.marked === true && account.script === "latin" && account.length >= 5;
    return told ? { kind: "social", reason: "social.handle", first: index, last: account.last, certainty: "likely" } : undefined;
  }
  return undefined;
}

const WORTH_SEEING = wordTest(/^(?:fiyat\p{L}*|foto\p{L}*|цен[ыа]|ціни|фото|prices?|photos?|pics)$/u);

/** "face sayfamız Hasan Usta, oradan yazın": a page of theirs, and an invitation to go there. */
export function pageInvitedAt(reading: Reading, words: TaggedWords, index: number): Match | undefined {
  if (!words.has(index, "page") || !(words.has(index, "our") || words.any(index - 2, index - 1, "our"))) return undefined;
  const sentence = sentenceAround(reading, index);
  if (words.any(sentence.first, sentence.last, "marketplace") || words.any(sentence.first, sentence.last, "negation")) return undefined;
  for (let at = index + 1; at <= Math.min(index + 10, sentence.last); at += 1) {
    const there = /^(?:туда|туди|там|there|oraya|oradan|orada)$/.test(reading.tokens[at]?.text ?? "");
    if (/^(?:begen|takip)/.test(reading.tokens[at]?.text ?? "") && !words.has(at, "negation"))
      return { kind: "social", reason: "social.invitation", first: index, last: at, certainty: "likely" };
    if (there && [at - 3, at - 2, at - 1, at + 1].some((beside) => WORTH_SEEING.test(reading.tokens[beside]?.text ?? "")))
      return { kind: "social", reason: "social.invitation", first: index, last: at, certainty: "likely" };
    if (there && words.any(at - 3, at + 3, "invite")) return { kind: "social", reason: "social.invitation", first: index, last: at, certainty: "likely" };
  }
  return undefined;
}

const NICKS = wordTest(
  /^(?:ник|ника|ником|никнеим\p{L}*|нік|ніка|ніком|нікнеим\p{L}*|nick|nickname|username|handle|юзернеим\p{L}*|юзер|инст|инст[ауеы]|инстои|инстаграм\p{L}*|інст|інст[ауиі]|інстаграм\p{L}*|insta|ig)$/u,
);
const YOURS = wordTest(/^(?:ваш|ваша|вас|тебя|твои|your|adiniz)$/);
const WHICH = wordTest(
  /^(?:какои|какая|как|какие|якии|яка|як|what|whats|which|дайте|скиньте|напишите|киньте|напишіть|скажите|скажіть|drop|give|send|share|ne|nedir|пришлите|надішліть)$/,
);

const GIVE = wordTest(/^(?:даите|дай|скажите|скажіть|назовите)$/);

/** "який у вас нік?", "what's your handle", "скиньте ваш ник": the talk is to go on elsewhere. */
export function nickAskedAt(reading: Reading, words: TaggedWords, index: number): Match | undefined {
  if (!NICKS.test(reading.tokens[index]?.text ?? "")) return undefined;
  const { first, last } = clauseAround(reading, index);
  if (words.any(first, last, "marketplace") || words.any(first, last, "negation") || words.any(first, last, "inside")) return undefined;
  let [yours, which] = [false, false];
  for (let at = Math.max(first, index - 5); at <= Math.min(last, index + 4); at += 1) {
    yours ||= YOURS.test(reading.tokens[at]?.text ?? "");
    which ||= WHICH.test(reading.tokens[at]?.text ?? "");
  }
  return (yours && which) || words.any(index - 2, index - 1, "invite") || GIVE.test(reading.tokens[index - 1]?.text ?? "")
    ? { kind: "messenger", reason: "messenger.private_channel", first: index, last: index, certainty: "likely" }
    : undefined;
}

const PASSWORD = wordTest(/^(?:парол\p{L}*|password|passcode|parola\p{L}*|sifre\p{L}*|роутер\p{L}*|router|модем\p{L}*|modem\p{L}*)$/u);

/** "логин admin, пароль на наклейке": to sign in to a thing. */
function isForDevice({ tokens }: Reading, { first, last }: Stretch): boolean {
  for (let at = first; at <= last; at += 1) if (PASSWORD.test(tokens[at]?.text ?? "")) return true;
  return false;
}

/** "мой ник romashka_support", "my username is caravan77": an account without its network. */
export function nickAt(reading: Reading, words: TaggedWords, index: number): Match | undefined {
  if (!words.has(index, "nick")) return undefined;
  let at = index + 1;
  while (
    at < index + 5 &&
    (words.has(at, "nick") || words.has(at, "our") || FILLERS.has(reading.skeletons[at] ?? "") || /^[:=—–\-"«]$/.test(reading.tokens[at]?.text ?? ""))
  )
    at += 1;
  const account = accountAt(reading, at);
  if (account === undefined || account.script !== "latin" || account.length < 4 || reading.sentence[at] !== reading.sentence[index]) return undefined;
  const sentence = sentenceAround(reading, index);
  if (!account.marked && isForDevice(reading, sentence)) return undefined;
  const ours =
    words.any(sentence.first, sentence.last, "our") || words.any(sentence.first, sentence.last, "invite") || words.any(sentence.first, sentence.last, "search");
  return ours && (account.marked || at > index + 1 || scriptOf(reading.tokens[index]?.text ?? "") === "cyrillic")
    ? { kind: "messenger", reason: "messenger.handle", first: index, last: account.last, certainty: account.marked ? "certain" : "likely" }
    : undefined;
}
