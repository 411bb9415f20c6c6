import type { Stretch } from "../text/stretch";
import type { Reading } from "../text/tokens";
import type { TaggedWords } from "../text/word-tags";
import { wordTest } from "../text/word-test";
import type { NameMention } from "./find-names";

/** Networks one writes to a person in; what is said of the others may be a film or an advertisement. */
const PERSONAL = new Set(["telegram", "whatsapp", "viber", "skype", "wechat", "discord", "instagram", "vk", "facebook", "ok", "facetime"]);

/** What is said of a network without going there: that it works, was seen, is blocked, sends notices. */
const SPOKEN_OF = wordTest(
  /^(?:работа\p{L}*|подход\p{L}*|подоид\p{L}*|совмест\p{L}*|заблок\p{L}*|працю\p{L}*|сумісн\p{L}*|works?|working|fine|видел\p{L}*|увидел\p{L}*|бачил\p{L}*|побачил\p{L}*|saw|seen|found|реклам\p{L}*|ads?|advert\p{L}*|reklam\p{L}*|gord\p{L}*|gormus\p{L}*|нашел|нашла|наишла|знаишла|знаишов|купил|купила|купили|поста|посту|calis\p{L}*|uyumlu|популярн\p{L}*|тренд\p{L}*|trend\p{L}*|вирусн\p{L}*|photo|photos|приход\p{L}*|прислал\p{L}*|пришл[оаи]|пришел|звук\p{L}*|чути|чутно|чуть|слышно|слышит|слышат|чує|чують|hear|heard|hears|duyul\p{L}*|видеозвон\p{L}*|дзвінк\p{L}*|звонк\p{L}*|calls|arama\p{L}*|блогер\p{L}*|blogger\p{L}*|читал\p{L}*|read|смотрел\p{L}*|дивил\p{L}*|показыва(?:ет|ют)|показує|shared|hacked|пишут|пишуть|писали|говорят|говорять|хвалят|хвалять|такии|такои|такая|взлом\p{L}*|злама\p{L}*)$/u,
);

/** "могу в вотсапе показать", "кто в вацапе?", "instagramda daha çok foto": a network as a place, and nothing that speaks of it otherwise. */
export function isPlaceToTalk(reading: Reading, words: TaggedWords, mention: NameMention, clause: Stretch): boolean {
  if (!PERSONAL.has(mention.network.id) || words.any(clause.first, clause.last, "inside")) return false;
  for (let at = clause.first; at <= clause.last; at += 1) if (SPOKEN_OF.test(reading.tokens[at]?.text ?? "")) return false;
  return true;
}

const VERB_ENDING = /^(?:н[иу]те|ьте|ни|нуть|нем|нете|нете|нуться|неш|нешь|ніть|немо|нути|нусь|немся|имся|ться|leyin|lasalim|lasin|la|layin|lasabiliriz)$/;

/** "вотсапните", "телеграмьте", "whatsapplaşalım": the name itself as a verb. */
export const isVerbOfName = ({ suffix }: NameMention): boolean => VERB_ENDING.test(suffix);

/** "ссылка на тг канал", "link to our Telegram channel": a page there, and the way to it. */
export function isLinkedPage(reading: Reading, words: TaggedWords, { first, last }: NameMention, clause: Stretch): boolean {
  if (!words.any(first - 1, last + 1, "page")) return false;
  for (let at = clause.first; at <= clause.last; at += 1) if (/^(?:ссылк|посилан|link|адрес)/.test(reading.tokens[at]?.text ?? "")) return true;
  return false;
}

const ROOMS = wordTest(
  /^(?:server|сервер\p{L}*|sunucu\p{L}*|chat|чат\p{L}*|community|сообществ\p{L}*|спільнот\p{L}*|канал\p{L}*|групп\p{L}*|груп\p{L}*|channel|group|kanal\p{L}*|grub\p{L}*|grup\p{L}*|topluluk\p{L}*|toplulug\p{L}*|паблик\p{L}*|паблік\p{L}*)$/u,
);
const JOINS = wordTest(
  /^(?:join|joining|hop|searching|search|вступа\p{L}*|вступ[иі]т\p{L}*|присоедин\p{L}*|приєдн\p{L}*|підпис\p{L}*|подпис\p{L}*|ищите|наидите|шукаите|знаидіть|заходите|заходьте|добавляитесь|додаваитесь|katil\p{L}*|bulun|bulup|arat\p{L}*|arayip|subscribe|follow|find)$/u,
);

/** "I've got a Discord server, join it by searching …": a room of theirs in a network, whatever it is for, and the word to come in. */
export function isJoined(reading: Reading, words: TaggedWords, { first, last, network }: NameMention, sentence: Stretch): boolean {
  if (network.ordinary) return false;
  let [room, join] = [false, false];
  for (let at = first - 3; at <= last + 3; at += 1) room ||= ROOMS.test(reading.tokens[at]?.text ?? "") && reading.sentence[at] === reading.sentence[first];
  for (let at = sentence.first; at <= sentence.last; at += 1) join ||= JOINS.test(reading.tokens[at]?.text ?? "") && !words.any(at - 2, at, "negation");
  return room && join;
}
