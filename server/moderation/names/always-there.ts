import type { Stretch } from "../text/stretch";
import type { Reading } from "../text/tokens";
import { wordTest } from "../text/word-test";

const ALWAYS = wordTest(
  /^(?:сиж\p{L}*|сидим|сидимо|бываю|бываем|буваю|буваємо|постоянно|всегда|круглосуточно|онлаин|постіино|завжди|цілодобово|always|online|mostly|hep|herzaman|surekli|daima|oradayim|oradayiz|cevrimici)$/u,
);
const IN = wordTest(/^(?:в|во|у|на|on|via)$/);
const IN_TURKISH = wordTest(/^(?:[yn]?[iu]?m?[iu]?z?[dt][ae])$/);
const REACH = 4;

/** "в телеге сижу постоянно", "I'm on Telegram all the time", "telegramda hep varım": where somebody is to be found. */
export function isAlwaysThere({ tokens, sentence }: Reading, { first, last, suffix }: Stretch & { readonly suffix: string }): boolean {
  if (!IN.test(tokens[first - 1]?.text ?? "") && !IN_TURKISH.test(suffix)) return false;
  for (let at = first - REACH; at <= last + REACH; at += 1) {
    if (sentence[at] !== sentence[first]) continue;
    const text = tokens[at]?.text ?? "";
    if (ALWAYS.test(text) || (text === "all" && /^(?:the|day)$/.test(tokens[at + 1]?.text ?? "")) || (text === "7" && tokens[at + 2]?.text === "24"))
      return true;
  }
  return false;
}
