import type { Reading } from "../text/tokens";
import { wordTest } from "../text/word-test";
import type { Network } from "./networks";

/** Messengers told by the colour of their sign: "фіолетовий месенджер", "yeşil uygulama", "the app with the green phone". */

const COLOURED: Network = { id: "coloured", kind: "messenger", ordinary: false };
const COLOUR = wordTest(
  /^(?:зелен(?:ыи|ым|ого|ому|ом|ои|ую|ая|ое|ии|им|а|у|оі|іи|оі|е)|фиолетов\p{L}{1,3}|фіолетов\p{L}{1,3}|сиренев\p{L}{1,3}|бузков\p{L}{1,3}|голуб\p{L}{2,3}|блакитн\p{L}{1,3}|син(?:ии|ем|его|яя|ее|юю|іи|ього|ьому|є|я|ю|им)|green|purple|violet|blue|yesil|mor|mavi)$/u,
);
const MESSENGER = /^(?:мессендж|месендж|messenger$|mesajlas)/;
const APP = /^(?:приложен|приложух|прилож[ек]|аппк|апк[аеу]$|застосун|додат(?:ок|ку|к[уа]м?|ком)$|app$|uygulama)/;
const SIGN = wordTest(
  /^(?:иконк\p{L}*|значк\p{L}*|трубк\p{L}*|логотип\p{L}*|іконк\p{L}*|слухавк\p{L}*|icon|logo|phone|handset|bubble|ikonlu|simgeli|logolu|ahizeli|telefonlu)$/u,
);
const BAG = wordTest(/^(?:bag|bags|style|backpack|cap|кажан\p{L}*|сумк\p{L}*|рюкзак\p{L}*)$/u);
const WITH = wordTest(/^(?:с|со|з|із|with)$/);
const TURKISH_ENDING = /^uygulama(?:s[iu])?n?(dan|da|ya|yi|a|i)?$/;

export interface ColouredMention {
  readonly network: Network;
  readonly first: number;
  readonly last: number;
  readonly suffix: string;
}

const mention = (first: number, last: number, text: string): ColouredMention => ({
  network: COLOURED,
  first,
  last,
  suffix: TURKISH_ENDING.exec(text)?.[1] ?? "",
});

/** "зелёный мессенджер", "yeşil ikonlu uygulamadan": the colour before. */
function colourBefore({ tokens }: Reading, index: number): ColouredMention | undefined {
  for (let at = index + 1; at <= index + 3; at += 1) {
    const text = tokens[at]?.text ?? "";
    // A bag that messengers carried.
    if (MESSENGER.test(text) && BAG.test(tokens[at + 1]?.text ?? "")) return undefined;
    if (MESSENGER.test(text) && !/^mesajlas/.test(text)) return mention(index, at, text);
    if (APP.test(text)) return mention(index, at, text);
    if (!SIGN.test(text) && !/^(?:mesajlasma|chat|messaging|chatting)$/.test(text)) return undefined;
  }
  return undefined;
}

/** "мессенджер с зелёной трубкой", "the app with the purple icon": the colour behind. */
function colourBehind({ tokens }: Reading, index: number): ColouredMention | undefined {
  if (!WITH.test(tokens[index + 1]?.text ?? "")) return undefined;
  const colour = /^(?:the|a)$/.test(tokens[index + 2]?.text ?? "") ? index + 3 : index + 2;
  if (!COLOUR.test(tokens[colour]?.text ?? "") || !SIGN.test(tokens[colour + 1]?.text ?? "")) return undefined;
  return mention(index, colour + 1, "");
}

const MARKETPLACE = /^(?:озон|ozon|вб$|wb$|ваилд|wild|яндекс|yandex|маркет|розет[кц]|rozetka|hepsi|trendyol|сбер|банк|bank|приват)/;

const TALKS = wordTest(
  /^(?:пиш\p{L}*|напиш\p{L}*|написа\p{L}*|скин\p{L}*|скид\p{L}*|кин\p{L}*|звон\p{L}*|позвон\p{L}*|дзвон\p{L}*|подзвон\p{L}*|связ\p{L}*|свяж\p{L}*|звяж\p{L}*|отве\p{L}*|відпов\p{L}*|общ\p{L}*|спілк\p{L}*|номер\p{L}*|message|text|write|chat|talk|ping|send|call|number|numbers|yaz\p{L}*|ulas\p{L}*|aray?in\p{L}*|gonder\p{L}*|atin|numara\p{L}*|mesaj\p{L}*)$/u,
);
const INSTALLS = wordTest(
  /^(?:установ\p{L}*|скача\p{L}*|встанов\p{L}*|завантаж\p{L}*|подключ\p{L}*|підключ\p{L}*|download|install|pair|pairs|connects?|indir\p{L}*|yukle\p{L}*|cihaz\p{L}*)$/u,
);
const REACH = 10;

/** Whether a program told by its colour is one to talk in: things have programs too. */
function isForTalk({ tokens }: Reading, { first, last }: ColouredMention): boolean {
  let talks = false;
  for (let at = Math.max(0, first - REACH); at <= last + REACH; at += 1) {
    if (INSTALLS.test(tokens[at]?.text ?? "")) return false;
    talks ||= TALKS.test(tokens[at]?.text ?? "");
  }
  return talks;
}

/** A messenger told by its colour, unless a marketplace or a bank is named beside: their programs have colours too. */
export function colouredAt(reading: Reading, index: number): ColouredMention | undefined {
  const text = reading.tokens[index]?.text ?? "";
  const found = COLOUR.test(text) ? colourBefore(reading, index) : MESSENGER.test(text) || APP.test(text) ? colourBehind(reading, index) : undefined;
  if (found === undefined) return undefined;
  if (!MESSENGER.test(reading.tokens[found.first]?.text ?? "") && !MESSENGER.test(reading.tokens[found.last]?.text ?? "") && !isForTalk(reading, found))
    return undefined;
  for (let at = found.first - 2; at <= found.last + 3; at += 1) if (MARKETPLACE.test(reading.tokens[at]?.text ?? "")) return undefined;
  return found;
}
