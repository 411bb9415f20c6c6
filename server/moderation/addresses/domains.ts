import { parse } from "tldts";

/** What is known about the ends of host names. Whether an ending exists is asked of the public suffix list (tldts). */

/** Endings so common for shops that a dot written oddly, or as a word, is enough before them. */
const COMMON = new Set(
  "com ru ua net org info biz shop store online site su xyz рф укр бел рус сайт саит онлаин by kz tr uk eu pro club top market sale space website io de pl ge uz az co".split(
    " ",
  ),
);
/** The few after which even a missing dot is understood. */
const STRICT = new Set("com ru ua net org shop store рф укр by kz info".split(" "));
/** Real endings that are also words, units, file names or languages: they need a scheme, a path or a word like "site" beside them. */
const AMBIGUOUS = new Set(
  (
    "is it at in to so no me be am as do us my id pm ms mm cm ml kg mg km gb tv cc la se st sh ps md py rs zip mov ai app ph cd dj fm ac sc sd hm ne ve de da ie ag ad im li lu mt nu pn " +
    "re si sl sm sr su sv sx tc td tf tg tl tn vc vg vi vu ws ye day how now new one plus red blue black pink gold best cool fun fit fish house home kids kitchen limited live love men menu moda news ninja " +
    "party photo photos pics pizza report review reviews sale school shoes show sale style support team tips tools toys town video watch wiki work works world zone care cash center city clothing coffee dog delivery design " +
    "direct discount energy equipment express family fashion film foundation furniture garden gift gifts glass guide hot how land life link ltd manag market money network new open page partners parts phone plus " +
    "place play post press red rent repair sale salon save security select services shop singles size ski solar space storage store supply support systems tax today trade training vip vote дети москва ком орг католик ею мкд"
  ).split(" "),
);
/** Endings as they are said in Cyrillic. */
const SPOKEN: Readonly<Record<string, string>> = {
  ру: "ru",
  ком: "com",
  нет: "net",
  орг: "org",
  юа: "ua",
  уа: "ua",
  инфо: "info",
  шоп: "shop",
  стор: "store",
  кз: "kz",
  бай: "by",
  онлаин: "online",
  саит: "сайт",
  ін: "in",
  ко: "co",
  су: "su",
  ме: "me",
  про: "pro",
  биз: "biz",
  клуб: "club",
};
/** Also everyday words, so that only a Latin name before them makes an ending of them. */
const SPOKEN_WORDS = new Set(["нет", "ком", "ін", "ко", "бай", "су", "ме", "про", "клуб"]);

/** Addresses of a messenger or a social network: what follows is somebody's account. */
const MESSENGER_HOSTS = new Set(
  "t.me telegram.me telegram.org wa.me whatsapp.com chat.whatsapp.com api.whatsapp.com viber.com chats.viber.com signal.me signal.group m.me line.me max.ru".split(
    " ",
  ),
);
const SOCIAL_HOSTS = new Set(
  "instagram.com vk.com vk.ru vk.me facebook.com fb.com ok.ru youtube.com youtu.be tiktok.com twitter.com x.com pinterest.com threads.net threads.com linkedin.com dzen.ru rutube.ru".split(
    " ",
  ),
);
/** Hosts whose name or ending is too short or too ordinary for the rules. Shorteners, mostly. */
const KNOWN = new Set(
  "bit.ly goo.gl is.gd ow.ly buff.ly vk.cc clck.ru cutt.ly tinyurl.com rb.gy t.co u.to qps.ru shorturl.at lnkd.in bl.ink s.id v.gd x.gd tiny.cc 1drv.ms t.me wa.me m.me g.co x.com 1688.com is.gd linktr.ee taplink.cc taplink.at onelink.me page.link soo.gd short.io surl.li ln.run ok.me".split(
    " ",
  ),
);

export type Ending = "common" | "ambiguous" | "real" | "none";

/** The ending as it is registered: "ру" is ru; others as they are. */
export function spokenEnding(label: string): string {
  return SPOKEN[label] ?? label;
}

export const isSpokenWord = (label: string): boolean => SPOKEN_WORDS.has(label);
export const isStrictEnding = (label: string): boolean => STRICT.has(label);
export const isCommonEnding = (label: string): boolean => COMMON.has(label);
export const isKnownHost = (host: string): boolean => KNOWN.has(host);

/** What kind of ending a host name has, when it is one at all: at least one label stands before a public suffix. */
export function endingOf(host: string): Ending {
  const found = parse(host, { allowPrivateDomains: false, extractHostname: false, validateHostname: false });
  if (found.isIcann !== true || found.domain === null || found.domain === "") return "none";
  const ending = host.slice(host.lastIndexOf(".") + 1);
  if (AMBIGUOUS.has(ending) && !(found.publicSuffix ?? "").includes(".")) return COMMON.has(ending) && ending !== "de" ? "common" : "ambiguous";
  return COMMON.has(ending) ? "common" : "real";
}

export function accountKind(host: string): "messenger" | "social" | "link" {
  const bare = host.replace(/^(?:www|m|mobile|web)\./, "");
  if (MESSENGER_HOSTS.has(bare)) return "messenger";
  return SOCIAL_HOSTS.has(bare) ? "social" : "link";
}

/** The marketplaces' own addresses, which every reply may name. */
export const MARKETPLACE_DOMAINS: readonly string[] = [
  "ozon.ru",
  "ozon.com",
  "ozon.by",
  "ozon.kz",
  "wildberries.ru",
  "wildberries.by",
  "wildberries.kz",
  "wildberries.ua",
  "wildberries.eu",
  "wb.ru",
  "wbbasket.ru",
  "market.yandex.ru",
  "rozetka.com.ua",
  "rozetka.ua",
  "hepsiburada.com",
  "hepsipay.com",
  "hepsijet.com",
  "shopify.com",
  "shop.app",
];

export function isAllowed(host: string, allowed: readonly string[]): boolean {
  return allowed.some((domain) => host === domain || host.endsWith(`.${domain}`));
}

/** A public IPv4 address as four numbers; private ones are a router's, which support has to name. */
export function isPublicAddress(labels: readonly string[]): boolean {
  if (labels.length !== 4 || !labels.every((label) => /^(?:0|[1-9]\d{0,2})$/.test(label) && Number(label) < 256)) return false;
  const [a = 0, b = 0] = labels.map(Number);
  const isPrivate = a === 10 || a === 127 || a === 0 || (a === 192 && b === 168) || (a === 172 && b >= 16 && b < 32) || (a === 169 && b === 254);
  return !isPrivate && a < 224 && labels.filter((label) => Number(label) > 20).length >= 2;
}
