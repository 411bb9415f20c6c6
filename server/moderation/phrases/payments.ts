import { everyMatch } from "../every-match";
import type { Match } from "../match";
import { isMasked } from "../text/masked-words";
import { type Stretch, sentenceAround } from "../text/stretch";
import type { Reading } from "../text/tokens";
import type { TaggedWords } from "../text/word-tags";
import { wordTest } from "../text/word-test";
import { isDeniedVerb, isWarning } from "./refusals";
import { sentMoneyAt } from "./sent-money";

const DETAILS = wordTest(/^(?:реквиз\p{L}*|реквіз\p{L}*|iban\p{L}*)$/u);

const PAID_BACK = wordTest(
  /^(?:переведем|перечислим|перекажемо|перерахуємо|повернемо|зачисл\p{L}*|зарах\p{L}*|поступ\p{L}*|надійд\p{L}*|придут|придет|приидут\p{L}*|вам|обратно|назад|sizin|size|hesabiniza|kartiniza|your|вашу|вашои|ваш|вашоі)$/u,
);

/** Asking to be paid past the marketplace: "переведите на карту Сбера", "send it to our PayPal", "havale ile gönderin". */

const REACH = 8;
/** Whoever pays back is not asking for money: "вернём", "refund", and the marketplace's own payment. */
function isRefund(reading: Reading, words: TaggedWords, first: number, last: number): boolean {
  for (let at = first; at <= last; at += 1) {
    if (words.has(at, "refund")) return true;
    // "мы переведём", "переведём вам", "we will send you": the shop pays.
    if (PAID_BACK.test(reading.tokens[at]?.text ?? "")) return true;
  }
  return false;
}

const ASKS = wordTest(
  /^(?:перевед[иі]\p{L}*|перевест[иі]|переведете|переводи\p{L}*|перекин\p{L}*|скин\p{L}*|скидыва\p{L}*|скидаите|скидаи|кинь\p{L}*|кидаи\p{L}*|закин\p{L}*|(?:о|с|за|до)плат[иі]т[ье]|оплати|внес[иі]\p{L}*|предоплат\p{L}*|передоплат\p{L}*|передплат\p{L}*|аванс\p{L}*|задат\p{L}*|переказ\p{L}*|перерах\p{L}*|сплат[иі]\p{L}*|переводом|перевод|перечислит\p{L}*|pay|paying|send|sending|transfer|wire|deposit|prepay\p{L}*|gonder\p{L}*|yatir\p{L}*|havale\p{L}*|eft|aktar\p{L}*|yolla\p{L}*|atin|atarsan\p{L}*|atabil\p{L}*|odey?[ie]n\p{L}*|ode|kapora\p{L}*|платеж\p{L}*|оплата|оплату|доплату|доплата)$/u,
);

const THEY_PAY = wordTest(/^(?:aktar|yatir|gonder|yolla)(?:[iu]?l)?(?:[iae]r|acak|ecek|iyor|iliyor|ilir|ilecek|[iu]r)(?:lar|ler)?$/);

/** "iade tutarını karta aktarır": a third person pays, in a sentence about what comes back or about the marketplace. */
const isPaidByThem = ({ tokens }: Reading, words: TaggedWords, verb: number, { first, last }: Stretch): boolean =>
  THEY_PAY.test(tokens[verb]?.text ?? "") && (words.any(first, last, "refund") || words.any(first, last, "marketplace"));

const TAKES = wordTest(/^(?:take|accept|use|offer|принима\p{L}*|берем|беру|приимаєм\p{L}*|приимаю|беремо)$/u);

/** "we do not take cash or bank transfer": a way of paying that the shop does not have. */
function isNotTaken(reading: Reading, words: TaggedWords, index: number): boolean {
  for (let at = index - 6; at < index; at += 1)
    if (TAKES.test(reading.tokens[at]?.text ?? "") && reading.sentence[at] === reading.sentence[index] && words.any(at - 2, at - 1, "negation")) return true;
  return false;
}

const SUBJECT = wordTest(/^(?:я|мы|ми|i|we|ben|biz)$/);
const ADVANCE = wordTest(
  /^(?:предоплат\p{L}*|передоплат\p{L}*|передплат\p{L}*|аванс\p{L}*|задат\p{L}*|завдат\p{L}*|deposit\p{L}*|kapora\p{L}*|перевод|переводы|havale|eft)$/u,
);

/** "предоплату мы не берём", "kapora almıyoruz": a noun of paying, denied behind. */
function isDeniedBehind(reading: Reading, words: TaggedWords, index: number): boolean {
  if (!ADVANCE.test(reading.tokens[index]?.text ?? "")) return false;
  for (let at = index + 1; at <= index + 3 && reading.clause[at] === reading.clause[index]; at += 1) if (words.has(at, "negation")) return true;
  return false;
}

function paymentAt(reading: Reading, words: TaggedWords, index: number): Match | undefined {
  if (!words.has(index, "pay") || !ASKS.test(reading.tokens[index]?.text ?? "")) return undefined;
  const sentence = sentenceAround(reading, index);
  const first = Math.max(sentence.first, index - REACH);
  const last = Math.min(sentence.last, index + REACH);
  if (isDeniedVerb(words, index) || isWarning(reading, sentence)) return undefined;
  const target = nearest(words, first, last, index, ["payTarget", "wallet"]) ?? byPhoneNumber(reading, index, last);
  // "мне на Озон Банк": a bank of the marketplace is not the marketplace.
  const personal = [index + 1, index + 2].some((at) => words.has(at, "our") && !SUBJECT.test(reading.tokens[at]?.text ?? ""));
  if (isDeniedBehind(reading, words, index) || isNotTaken(reading, words, index)) return undefined;
  if (!personal && (isRefund(reading, words, first, last) || isPaidByThem(reading, words, index, sentence))) return undefined;
  if (target === undefined || (!personal && (words.any(first, last, "marketplace") || words.any(first, last, "inside")))) return undefined;
  // "Переведите рычаг, карта выйдет сама": a verb and a card of two clauses, and no money in either.
  const apart = reading.clause[index] !== reading.clause[target];
  if (apart && !words.any(first, last, "money") && !words.any(first, last, "our")) return undefined;
  if (!isTransfer(reading, words, index, target, first, last)) return undefined;
  const wallet = words.has(target, "wallet");
  return {
    kind: "bank_account",
    reason: wallet ? "bank_account.wallet" : "bank_account.transfer",
    first: Math.min(index, target),
    last: Math.max(index, target),
    certainty: "likely",
  };
}

const PAYS = wordTest(
  /^(?:переве[дс]\p{L}*|переводи\p{L}*|(?:о|за|до)?плат[иі]т[ье]|оплати|перекаж\p{L}*|сплат\p{L}*|перерах\p{L}*|pay|wire|transfer|odeyin|ode|yatirin|yatir)$/u,
);
const PERSONALLY = wordTest(
  /^(?:лично|особисто|напряму\p{L}*|наличн\p{L}*|готівк\p{L}*|деньги|гроші|personally|directly|cash|money|dogrudan|direkt|nakit|elden|parayi)$/u,
);

/** "переводите мне лично", "оплатите по QR нашей кассы": to be paid past the marketplace, however. */
function personalAt(reading: Reading, words: TaggedWords, index: number): Match | undefined {
  if (!PAYS.test(reading.tokens[index]?.text ?? "") || isDeniedVerb(words, index)) return undefined;
  const sentence = sentenceAround(reading, index);
  const last = Math.min(sentence.last, index + REACH);
  if (isWarning(reading, sentence) || isRefund(reading, words, sentence.first, sentence.last) || words.any(sentence.first, sentence.last, "marketplace"))
    return undefined;
  const ours = words.any(index + 1, index + 6, "our") || words.any(index - 2, index - 1, "our");
  if (!ours) return undefined;
  for (let at = Math.max(sentence.first, index - 4); at <= last; at += 1) {
    const text = reading.tokens[at]?.text ?? "";
    if (PERSONALLY.test(text) || /^(?:qr|куар\p{L}*|кьюар\p{L}*)$/u.test(text))
      return { ...walletMatch(index), reason: "bank_account.transfer", first: Math.min(index, at), last: Math.max(index, at) };
  }
  return undefined;
}

/** "BTC: bc1q…", "USDT TQn9…": an address of a crypto wallet, a long row of letters and figures. */
function cryptoAddressAt(reading: Reading, words: TaggedWords, index: number): Match | undefined {
  const { tokens } = reading;
  const token = tokens[index];
  if (token === undefined || token.kind === "mark" || (token.gap === 0 && tokens[index - 1]?.kind !== "mark")) return undefined;
  let last = index;
  let size = token.text.length;
  while (size < 70 && tokens[last + 1]?.gap === 0 && tokens[last + 1]?.kind !== "mark") {
    last += 1;
    size += tokens[last]?.text.length ?? 0;
  }
  if (size < 26 || size > 64 || last - index < 3) return undefined;
  const known = /^(?:bc|ltc)$/.test(token.text) || (token.text === "0" && tokens[index + 1]?.text.startsWith("x") === true && size === 42);
  return known || words.any(index - 4, index - 1, "wallet")
    ? { kind: "bank_account", reason: "bank_account.wallet", first: index, last, certainty: "certain" }
    : undefined;
}

/** "переводом по номеру телефона": the number is the account. */
function byPhoneNumber({ tokens }: Reading, first: number, last: number): number | undefined {
  for (let at = first + 1; at < last; at += 1) {
    if (
      /^(?:номер|номеру|номером)$/.test(tokens[at]?.text ?? "") &&
      /^(?:телефон[ау]|мобильного)$/.test(tokens[at + 1]?.text ?? "") &&
      /^(?:по|за|на)$/.test(tokens[at - 1]?.text ?? "")
    )
      return at;
  }
  return undefined;
}

const FAST_PAYMENTS = wordTest(/^(?:сбп|быстрых)$/);

/** "можно по СБП на номер телефона", "по сбп мне на Сбер": the fast payments between persons; at the marketplace's till they have no number. */
function fastPaymentAt(reading: Reading, words: TaggedWords, index: number): Match | undefined {
  if (!FAST_PAYMENTS.test(reading.tokens[index]?.text ?? "") || isDeniedVerb(words, index)) return undefined;
  const sentence = sentenceAround(reading, index);
  const first = Math.max(sentence.first, index - REACH);
  const last = Math.min(sentence.last, index + REACH);
  if (isWarning(reading, sentence) || isRefund(reading, words, first, last) || words.any(first, last, "marketplace") || words.any(first, last, "inside"))
    return undefined;
  const target = byPhoneNumber(reading, index, last + 1) ?? nearest(words, index + 1, last, index, ["payTarget"]);
  // "оплатила по СБП, но мне не пришёл чек": said of what was paid.
  const ours = words.any(index + 1, index + 3, "our") && !words.any(first, last, "negation");
  return target === undefined && !ours ? undefined : { ...walletMatch(index), reason: "bank_account.transfer", last: Math.max(index, target ?? index) };
}

function nearest(words: TaggedWords, first: number, last: number, index: number, tags: readonly ("payTarget" | "wallet")[]): number | undefined {
  let found: number | undefined;
  for (let at = first; at <= last; at += 1) {
    if (at === index || !tags.some((tag) => words.has(at, tag))) continue;
    if (found === undefined || Math.abs(at - index) <= Math.abs(found - index)) found = at;
  }
  return found;
}

const ONTO = wordTest(/^(?:на|по|to|into|via|through|with|using|за|через|сбп|hesaba|hesabimiza|hesabina|ibana|karta|kartima|kartimiza|ile|uzerinden)$/);

/** "оплата картой" and "pay by card" are the marketplace's ways; "на карту", "to our account", "мне", "нам" are somebody's own. */
function isTransfer(reading: Reading, words: TaggedWords, verb: number, target: number, first: number, last: number): boolean {
  if (words.has(target, "wallet")) return true;
  const text = reading.tokens[target]?.text ?? "";
  if (/^(?:картои|карткою|card)$/.test(text) && !words.any(first, last, "our")) return false;
  if (words.any(first, last, "our")) return true;
  if (
    /^(?:карту|картку|рахунок|счет|реквизитам|реквізитами|сбп|сбер\p{L}*|тиньк\p{L}*|моно\p{L}*|приват\p{L}*|реквизит\p{L}*|реквізит\p{L}*|iban\p{L}*|hesab\p{L}*|hesap|kartim\p{L}*|havale\p{L}*)$/u.test(
      text,
    )
  )
    return true;
  for (let at = Math.min(verb, target); at <= target; at += 1) if (ONTO.test(reading.tokens[at]?.text ?? "") && target - at <= 5) return true;
  return /^(?:eft|havale)/.test(reading.tokens[verb]?.text ?? "");
}

/** "Apple Pay me". */
function phonePayAt({ tokens }: Reading, index: number): Match | undefined {
  const isVerb = tokens[index]?.text === "pay" && /^(?:apple|google)$/.test(tokens[index - 1]?.text ?? "") && /^(?:us|me)$/.test(tokens[index + 1]?.text ?? "");
  return isVerb ? walletMatch(index) : undefined;
}

/** "havale edin", "EFT yaparsanız". */
const isTurkishOrder = (text: string, next: string): boolean =>
  /^(?:havale|eft)/.test(text) && /^(?:ed[ie]n\p{L}*|edersen\p{L}*|yapin\p{L}*|yaparsan\p{L}*|atin|cikin|gecin)$/u.test(next);

/** "Farkı havale ile bize gönderin", "20 USDT to our wallet": ways of paying that no marketplace offers, with somebody to pay. */
function ownWayAt(reading: Reading, words: TaggedWords, index: number): Match | undefined {
  const text = reading.tokens[index]?.text ?? "";
  const turkish = /^(?:havale|eft)/.test(text);
  // A wallet is also a thing one buys; with a verb of paying it is found there.
  if (!turkish && (!words.has(index, "wallet") || /^(?:кошел|гаман|wallet|wise|ton$|skrill)/.test(text))) return undefined;
  const sentence = sentenceAround(reading, index);
  const first = Math.max(sentence.first, index - REACH);
  const last = Math.min(sentence.last, index + REACH);
  // Nobody masks the name of a wallet but to be paid there.
  if (words.has(index, "wallet") && isMasked(reading.folded.text, reading.tokens[index]) && !isDeniedVerb(words, index)) return walletMatch(index);
  // "PayPal us", "Zelle me": a verb.
  if (words.has(index, "wallet") && /^(?:us|me)$/.test(reading.tokens[index + 1]?.text ?? "") && !isDeniedVerb(words, index)) return walletMatch(index);
  if (words.any(first, last, "negation") || words.any(first, last, "product") || isWarning(reading, sentence)) return undefined;
  if (isRefund(reading, words, first, last) || words.any(first, last, "marketplace")) return undefined;
  const taken = /^(?:take|accept|prefer|use|принимаю|принимаем|приму|беру|приимаю|приимаємо|alirim|aliriz|kabul|geciyor|gecerli)$/;
  const accepted = [index - 1, index - 2, index - 3, index + 1, index + 2].some((at) => taken.test(reading.tokens[at]?.text ?? ""));
  const asked =
    accepted ||
    isTurkishOrder(text, reading.tokens[index + 1]?.text ?? "") ||
    words.any(first, last, "our") ||
    words.any(first, last, "cheaper") ||
    (words.any(first, last, "pay") && words.any(first, last, "invite"));
  if (!asked) return undefined;
  return turkish ? { ...walletMatch(index), reason: "bank_account.transfer" } : walletMatch(index);
}

/** "Cash App $oakmaster", "Venmo @dave", "Papara 1234567890", "PayPal: dave@": a wallet and whose it is. */
function walletAccountAt(reading: Reading, words: TaggedWords, index: number): Match | undefined {
  const cashApp = reading.tokens[index]?.text === "cash" && reading.tokens[index + 1]?.text === "app";
  if (!cashApp && !(words.has(index, "wallet") && !/^(?:кошел|гаман|wallet|wise|ton$|киви|crypto|крипт)/.test(reading.tokens[index]?.text ?? "")))
    return undefined;
  const sentence = sentenceAround(reading, index);
  if (isWarning(reading, sentence) || words.any(sentence.first, index, "negation")) return undefined;
  if (isNamedBehind(reading, index)) return { kind: "bank_account", reason: "bank_account.wallet", first: index, last: index + 2, certainty: "likely" };
  for (let at = index + 1; at <= Math.min(sentence.last, index + 6); at += 1) {
    const next = reading.tokens[at + 1];
    if (/^[$@]$/.test(reading.tokens[at]?.text ?? "") && next?.kind === "word" && next.gap === 0 && next.text.length > 2)
      return { kind: "bank_account", reason: "bank_account.wallet", first: index, last: clumpEnd(reading, at + 1), certainty: "certain" };
    const isNumber = reading.tokens[at]?.kind === "number" && (reading.tokens[at]?.text.length ?? 0) >= 7 && !words.any(index, at, "identifier");
    if (isNumber) return { kind: "bank_account", reason: "bank_account.wallet", first: index, last: at, certainty: "certain" };
  }
  return cashApp && words.any(sentence.first, sentence.last, "our") ? walletMatch(index) : undefined;
}

/** The last token written tight behind this one: oakmaster|22. */
function clumpEnd({ tokens }: Reading, index: number): number {
  let last = index;
  while (last < index + 8 && tokens[last + 1]?.gap === 0 && tokens[last + 1]?.kind !== "mark") last += 1;
  return last;
}

/** "PayPal: info.goods": a colon, and what only an account looks like. */
function isNamedBehind({ tokens }: Reading, index: number): boolean {
  const [colon, name, mark, more] = tokens.slice(index + 1, index + 5);
  if (colon?.text !== ":" || name?.kind !== "word" || !/^[a-z]{3,}$/.test(name.text)) return false;
  return (mark?.kind === "number" && mark.gap === 0) || (/^[._@-]$/.test(mark?.text ?? "") && mark?.gap === 0 && more?.gap === 0);
}

function walletMatch(index: number): Match {
  return { kind: "bank_account", reason: "bank_account.wallet", first: index, last: index, certainty: "likely" };
}

const GIVES = wordTest(
  /^(?:скину|скинем|вышлю|вышлем|пришлю|пришлем|дам|дадим|отправлю|отправим|напишу|продиктую|надішлю|надішлемо|надам|скажу|vereyim|verelim|veririm|veririz|atayim|atarim|atariz|gondereyim|give|provide|share)$/,
);

const TELLS = wordTest(
  /^(?:напишите|пришлите|скажите|сообщите|укажите|дайте|скиньте|назовите|продиктуите|напишіть|надішліть|скажіть|вкажіть|даите|send|give|tell|provide|share|iletin|gonderin|yazin|paylasin)$/,
);

/** "скину реквизиты", "IBAN vereyim", "I can give you my bank details": where to pay is going to be told. */
function detailsAt(reading: Reading, words: TaggedWords, index: number): Match | undefined {
  const text = reading.tokens[index]?.text ?? "";
  const asked = TELLS.test(text);
  if (!asked && !GIVES.test(text)) return undefined;
  const sentence = sentenceAround(reading, index);
  if (isWarning(reading, sentence)) return undefined;
  if (asked && (words.any(sentence.first, sentence.last, "inside") || words.any(sentence.first, sentence.last, "marketplace"))) return undefined;
  const isDetails = (at: number) =>
    DETAILS.test(reading.tokens[at]?.text ?? "") || (words.has(at, "payTarget") && words.any(at - 2, at + 2, "number")) || isBankDetails(reading, words, at);
  for (let at = Math.max(sentence.first, index - REACH); at <= Math.min(sentence.last, index + REACH); at += 1) {
    if (!isDetails(at) || words.any(index - 3, index - 1, "negation")) continue;
    return { kind: "bank_account", reason: "bank_account.transfer", first: Math.min(index, at), last: Math.max(index, at), certainty: "likely" };
  }
  return undefined;
}

function isBankDetails(reading: Reading, words: TaggedWords, at: number): boolean {
  return (
    /^(?:bank|account|payment|card)$/.test(reading.tokens[at]?.text ?? "") &&
    /^(?:details|number|info)$/.test(reading.tokens[at + 1]?.text ?? "") &&
    words.any(at - 3, at - 1, "our")
  );
}

/** Every request for money past the marketplace. */
export function payments(reading: Reading, words: TaggedWords): Match[] {
  return everyMatch(
    reading,
    (index) =>
      paymentAt(reading, words, index) ??
      fastPaymentAt(reading, words, index) ??
      ownWayAt(reading, words, index) ??
      phonePayAt(reading, index) ??
      walletAccountAt(reading, words, index) ??
      personalAt(reading, words, index) ??
      cryptoAddressAt(reading, words, index) ??
      detailsAt(reading, words, index) ??
      sentMoneyAt(reading, words, index),
  );
}
