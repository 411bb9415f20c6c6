import { clauseAround, type Stretch } from "../text/stretch";
import type { Reading } from "../text/tokens";
import type { TaggedWords } from "../text/word-tags";
import { wordTest } from "../text/word-test";

/** A network spoken of as what a thing is good for: films made for it, calls made in it. Nobody is asked to go there. */

const CONTENT = wordTest(
  /^(?:рілс\p{L}*|рилс\p{L}*|reels?|stories|story|сторис\p{L}*|сториз\p{L}*|сторіз\p{L}*|контент\p{L}*|content|icerik\p{L}*|влог\p{L}*|vlog\p{L}*|стрим\p{L}*|стрім\p{L}*|stream\p{L}*|блог\p{L}*|blog\p{L}*|трансляц\p{L}*|yayin\p{L}*|эфир\p{L}*|ефір\p{L}*|шортс\p{L}*|shorts)$/u,
);
const PICTURES = wordTest(
  /^(?:відео|видео|ролик\p{L}*|фото|фотограф\p{L}*|зиомк\p{L}*|съемк\p{L}*|videos?|photos?|clips?|pictures|cekim\p{L}*|fotograf\p{L}*)$/u,
);
const RECORDS = wordTest(
  /^(?:зніма(?:ти|єте|ння)|снима(?:ть|ете)|снять|зняти|записыва(?:ть|ете)|записувати|film|filming|shooting|record|recording|cekmek|cekmeye|cekerken|cekebilirsiniz)$/,
);
const FOR = wordTest(/^(?:для|под|під|for)$/);
const CALLS = wordTest(
  /^(?:звон(?:ки|ков|ках|ок|ка|ке)|видеозвон\p{L}*|дзвінк\p{L}*|дзвінок|відеодзвін\p{L}*|calls?|calling|arama(?:lar\p{L}*|da|si\p{L}*)?|gorusme\p{L}*|konusma\p{L}*|голосов\p{L}*|voice)$/u,
);
/** Said to the buyer: to write, to look, to come. */
const ADDRESSED = wordTest(
  /^(?:пиши\p{L}*|напиш\p{L}*|смотри\p{L}*|гляньте|дивіться|дивись|пишіть|заход\p{L}*|підпис\p{L}*|подпис\p{L}*|звони\p{L}*|наберите|набираите|дзвоніть|скину|скинем|покажу|покажем|покажемо|отправлю|надішлю|наидите|знаидіть|шукаите|ищите|message|dm|text|write|ping|add|follow|reach|send|join|contact|hit|drop|find|us|me|i|ill|we|well|lets|let|our|my|yaz\p{L}*|ulas\p{L}*|gonder\p{L}*|atin|gelin|bakin|takip|arayin|arayabil\p{L}*|gosterebil\p{L}*|gosteririm|gostereyim|bize|bizi|bana)$/u,
);
const CONVENIENT = wordTest(
  /^(?:переходник\p{L}*|перехідник\p{L}*|удобн\p{L}*|зручн\p{L}*|быстр\p{L}*|швид\p{L}*|konus\p{L}*|gorus\p{L}*|hizli\p{L}*|chat\p{L}*|talk\p{L}*|look)$/u,
);
const REACH = 3;

function isAddressed({ tokens }: Reading, words: TaggedWords, { first, last }: Stretch): boolean {
  for (let at = first; at <= last; at += 1) {
    const text = tokens[at]?.text ?? "";
    if (ADDRESSED.test(text) || words.has(at, "our")) return true;
    if (words.has(at, "invite") && !CONVENIENT.test(text) && !CALLS.test(text) && !CONTENT.test(text)) return true;
  }
  return false;
}

/** "для ютубу", "for TikTok videos", "Instagram videoları için": pictures, and that they are for the network. */
function isPicturedFor({ tokens }: Reading, first: number, last: number): boolean {
  const pictures = [first - 3, first - 2, last + 1, last + 2].some((at) => PICTURES.test(tokens[at]?.text ?? ""));
  return pictures && (FOR.test(tokens[first - 1]?.text ?? "") || [last + 1, last + 2, last + 3].some((at) => tokens[at]?.text === "icin"));
}

/** "знімати рілси в інстаграм", "відео для ютубу", "WhatsApp görüntülü konuşmada": films and calls, and no word to the buyer. */
export function isSubject(reading: Reading, words: TaggedWords, { first, last }: Stretch): boolean {
  const { tokens, sentence } = reading;
  if (isAddressed(reading, words, clauseAround(reading, first))) return false;
  if (isPicturedFor(reading, first, last)) return true;
  for (let at = Math.max(0, first - REACH - 1); at <= last + REACH; at += 1) {
    if (sentence[at] !== sentence[first]) continue;
    const text = tokens[at]?.text ?? "";
    if (CONTENT.test(text) || RECORDS.test(text) || CALLS.test(text)) return true;
  }
  return false;
}
