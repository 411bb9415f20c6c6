import { clauseAround } from "../text/stretch";
import type { Reading } from "../text/tokens";
import { wordTest } from "../text/word-test";
import type { Network } from "./networks";

/** Messengers told by what is drawn on their sign: "приложение с бумажным самолётиком", "the app with the little ghost", "hayalet logolu uygulama". */

const SIGNED: Network = { id: "signed", kind: "messenger", ordinary: false };
const APP =
  /^(?:приложен|приложух|прилож[ек]|мессендж|месендж|messenger|аппк|апк[аеу]$|программ|програм|застосун|додат(?:ок|ку|к[уа]м?|ком)$|app$|apps$|uygulama|соцсет|соцмереж|сеть$|сети$)/;
const DRAWN = wordTest(
  /^(?:самолетик\p{L}*|самолет(?:ом|а|у)?|літачк\p{L}*|літачок|літак(?:ом|а)?|plane|airplane|aeroplane|ucak|ucakli|ucagi|призрак\p{L}*|привидени\p{L}*|приведени\p{L}*|привид\p{L}*|примар\p{L}*|ghost|hayalet\p{L}*|трубк\p{L}*|трубочк\p{L}*|слухавк\p{L}*|слухавочк\p{L}*|handset|receiver|ahize\p{L}*|фотоаппарат\p{L}*|фотоапарат\p{L}*|фотик\p{L}*|camera|kamerali|нотк\p{L}*|ноточк\p{L}*|птичк\p{L}*|пташк\p{L}*|bird|kuslu)$/u,
);
const WITH = wordTest(
  /^(?:с|со|з|із|зі|with|where|где|де|logo\p{L}*|simge\p{L}*|ikon\p{L}*|icon|isaret\p{L}*|resim\p{L}*|логотип\p{L}*|значк\p{L}*|иконк\p{L}*|іконк\p{L}*)$/u,
);
const COLOURED_HANDSET = wordTest(/^(?:зелен\p{L}{1,3}|фиолетов\p{L}{1,3}|фіолетов\p{L}{1,3}|сиренев\p{L}{1,3}|бузков\p{L}{1,3}|green|purple|violet)$/u);
const HANDSET = wordTest(/^(?:трубк\p{L}*|трубочк\p{L}*|слухавк\p{L}*|слухавочк\p{L}*|handset)$/u);
const THERE = wordTest(/^(?:туда|туди|там|there|oraya|oradan)$/);
const TALKS = wordTest(
  /^(?:пиш\p{L}*|напиш\p{L}*|стук\p{L}*|постук\p{L}*|шука\p{L}*|ищи\p{L}*|ищу\p{L}*|наид\p{L}*|знаид\p{L}*|добав\p{L}*|дода\p{L}*|ответ\p{L}*|отвеч\p{L}*|відпов\p{L}*|звон\p{L}*|набер\p{L}*|дзвон\p{L}*|скину|скиньте|сиж\p{L}*|сиджу|add|find|message|msg|text|write|talk|chat|ping|send|reach|search|im|yaz\p{L}*|ulas\p{L}*|ekle\p{L}*|bul\p{L}*|ara\p{L}*|gonder\p{L}*|atin|mesaj\p{L}*|cevap\p{L}*|там|туда|туди)$/u,
);
const NEAR = 6;
const TALK_REACH = 12;

export interface SignedMention {
  readonly network: Network;
  readonly first: number;
  readonly last: number;
  readonly suffix: string;
}

function talksNear({ tokens }: Reading, first: number, last: number): boolean {
  for (let at = first - TALK_REACH; at <= last + TALK_REACH; at += 1) if ((at < first || at > last) && TALKS.test(tokens[at]?.text ?? "")) return true;
  return false;
}

/** A program and, in the same clause, what is drawn on its sign. */
function programAt(reading: Reading, index: number): SignedMention | undefined {
  const { tokens } = reading;
  if (!APP.test(tokens[index]?.text ?? "")) return undefined;
  const clause = clauseAround(reading, index);
  for (let at = Math.max(clause.first, index - NEAR); at <= Math.min(clause.last, index + NEAR); at += 1) {
    if (!DRAWN.test(tokens[at]?.text ?? "")) continue;
    const [first, last] = [Math.min(at, index), Math.max(at, index)];
    // "the paper plane app"
    let joined = last === first + 1;
    for (let between = first + 1; between < last; between += 1) joined ||= WITH.test(tokens[between]?.text ?? "");
    const suffix = /^uygulama(?:s[iu])?n?(dan|da|ya|yi|a|i)?$/.exec(tokens[index]?.text ?? "")?.[1] ?? "";
    if (joined && talksNear(reading, first, last)) return { network: SIGNED, first, last, suffix };
  }
  return undefined;
}

/** "така фіолетова слухавка, туди й стукайте": the sign alone, pointed at. */
function handsetAt(reading: Reading, index: number): SignedMention | undefined {
  const { tokens } = reading;
  if (!COLOURED_HANDSET.test(tokens[index]?.text ?? "") || !HANDSET.test(tokens[index + 1]?.text ?? "")) return undefined;
  for (let at = index + 2; at <= index + NEAR + 2; at += 1)
    if (THERE.test(tokens[at]?.text ?? "") && talksNear(reading, index, index + 1)) return { network: SIGNED, first: index, last: index + 1, suffix: "" };
  return undefined;
}

/** A messenger told by its sign. A program of a thing has signs too, so that somebody has to be written to, found or added. */
export function signedAt(reading: Reading, index: number): SignedMention | undefined {
  return programAt(reading, index) ?? handsetAt(reading, index);
}
