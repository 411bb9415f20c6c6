import { remembering } from "@/lib/remembering";

/**
 * Cuts secrets and personal data out of what is about to be stored for people to read (call log, audit details). Works on
 * text, not on parsed JSON: bodies are cut before they are looked at, so they need not be whole.
 */
const CUT = "[redacted]";
const PERSONAL = "[personal]";

const SECRET_KEY =
  /pass(?:word|phrase|wd)|secret|token|api[-_]?key|authorization|cookie|credential|signature|private[-_]?key|session[-_]?id|otp|pin[-_]?code|cvv|cvc/i;
const PERSONAL_KEY =
  /^(?:(?:first|last|middle|full|second)[-_]?name|(?:customer|buyer|recipient|receiver|addressee|client|user|contact|shipping|billing)[-_]?(?:name|title|fio|phone(?:[-_]?number)?|e?[-_]?mail)|fio|patronymic|phone(?:[-_]?number)?|e[-_]?mail|(?:delivery|customer|shipping|billing)?[-_]?address(?:[-_]?(?:tail|detail|line)?[-_]?[12]?)|place[-_](?:street|house|flat)|street|apartment|passport|birth[-_]?(?:day|date)|card[-_]?number)$/i;

/** A JSON member with a scalar value; the closing quote may be missing where the text was cut. */
const MEMBER = /"((?:[^"\\]|\\.){1,80})"(\s*:\s*)("(?:[^"\\]|\\.)*(?:"|$)|-?\d[\d.eE+-]*)/g;
const FORM_MEMBER = /([?&]|^)([\w.[\]-]{1,80})=([^&\s"]*)/g;
/** Bounded parts: on a long run of letters an open one would take quadratic time. */
const EMAIL_NAME = /[\p{L}\p{N}._%+-]{1,64}$/u;
const EMAIL_DOMAIN = /@(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24}/uy;
/** 64 characters take at most so many places. */
const EMAIL_NAME_UNITS = 128;
const BEARER = /\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/gi;
/** International form with "+", or the Russian and Turkish mobile forms without it. Other digit runs may be order numbers. */
const PHONE =
  /(?<![\d\w-])(?:\+\d(?:[\s().-]{0,2}\d){9,13}|[78][\s(.-]{0,2}9\d{2}(?:[\s().-]{0,2}\d){7}|(?:90|0)?5\d{2}(?:[\s().-]{0,2}\d){7}|380(?:[\s().-]{0,2}\d){9})(?![\d\w-])/g;
const CARD = /(?<![\d-])\d(?:[ -]?\d){12,18}(?![\d-])/g;

/** @param secrets values that must not appear whatever their key is, e.g. the connection's credentials; shorter than 6 characters they are left to their key. */
export function redactText(text: string, secrets: readonly string[] = []): string {
  let result = text;
  for (const secret of spellings(secrets)) result = result.replaceAll(secret, CUT);
  return maskPatterns(result.replace(MEMBER, maskMember).replace(FORM_MEMBER, maskFormMember));
}

/** Redacts a JSON-like value, keeping its shape. For structured details that are stored as JSON. */
export function redactValue(value: unknown, secrets: readonly string[] = [], depth = 0): unknown {
  if (typeof value === "string") return redactText(value, secrets);
  if (typeof value === "bigint") return value.toString();
  if (value instanceof Date) return value.toISOString();
  if (value === null || typeof value !== "object") return value === undefined || typeof value === "function" || typeof value === "symbol" ? null : value;
  if (depth >= 8) return "[too deep]";
  if (Array.isArray(value)) return value.map((entry) => redactValue(entry, secrets, depth + 1));
  const members = Object.entries(value).filter(([, entry]) => entry !== undefined);
  return Object.fromEntries(members.map(([key, entry]) => [key, maskByKey(key) ?? redactValue(entry, secrets, depth + 1)]));
}

/**
 * The part of a body that may be stored: redacted, at most `maxChars`.
 * The tail of the raw cut is dropped, so that half a secret does not slip through at its edge.
 */
export function excerpt(body: string | Uint8Array | undefined, secrets: readonly string[], maxChars = 4_096): string | null {
  if (body === undefined || body.length === 0) return null;
  const rawLimit = maxChars * 2;
  const cut = typeof body === "string" ? body.slice(0, rawLimit) : Buffer.from(body.subarray(0, rawLimit)).toString("utf8");
  if (isBinary(cut)) return `[binary, ${body.length} bytes]`;
  const whole = body.length <= rawLimit;
  const margin = secrets.reduce((longest, secret) => Math.max(longest, secret.length), 64);
  const redacted = redactText(whole ? cut : cut.slice(0, rawLimit - margin), secrets);
  return whole && redacted.length <= maxChars ? redacted : `${redacted.slice(0, maxChars - 1)}…`;
}

function isBinary(text: string): boolean {
  const sample = text.slice(0, 512);
  // Cut UTF-8 may end in one replacement character; NUL or several of them mean it is no text.
  return sample.includes("\u0000") || (sample.slice(0, -1).match(/\uFFFD/g)?.length ?? 0) > 2;
}

function maskByKey(key: string): string | undefined {
  if (SECRET_KEY.test(key)) return CUT;
  return PERSONAL_KEY.test(key) ? PERSONAL : undefined;
}

const KEYS_KEPT = 2_000;
/** The bodies of one service have the same few keys over and over. */
const maskByKnownKey = remembering(maskByKey, KEYS_KEPT);

function maskMember(whole: string, key: string, colon: string): string {
  const mask = maskByKnownKey(key);
  return mask === undefined ? whole : `"${key}"${colon}"${mask}"`;
}

function maskFormMember(whole: string, before: string, key: string): string {
  const mask = maskByKey(key);
  return mask === undefined ? whole : `${before}${key}=${mask}`;
}

/** Looked for from each @, of which most bodies have none: from every letter it would take longer than all other patterns together. */
function maskEmails(text: string): string {
  let masked = "";
  let kept = 0;
  for (let at = text.indexOf("@"); at !== -1; at = text.indexOf("@", at + 1)) {
    const name = EMAIL_NAME.exec(text.slice(Math.max(kept, at - EMAIL_NAME_UNITS), at))?.[0];
    if (name === undefined) continue;
    EMAIL_DOMAIN.lastIndex = at;
    const domain = EMAIL_DOMAIN.exec(text)?.[0];
    if (domain === undefined) continue;
    masked += `${text.slice(kept, at - name.length)}[e-mail]`;
    kept = at + domain.length;
    at = kept - 1;
  }
  return masked + text.slice(kept);
}

function maskPatterns(text: string): string {
  return maskEmails(text.replace(BEARER, (_whole, scheme: string) => `${scheme} ${CUT}`))
    .replace(CARD, (digits) => (passesLuhn(digits) ? "[card]" : digits))
    .replace(PHONE, "[phone]");
}

function passesLuhn(text: string): boolean {
  const digits = text.replace(/\D/g, "");
  // Card numbers begin with 2-6; other long digit runs are ids.
  if (!/^[2-6]/.test(digits)) return false;
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits.charAt(digits.length - 1 - index));
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

const spelled = new WeakMap<readonly string[], readonly string[]>();

/** A secret as it may be written: bare, inside JSON, in a query, as the password of Basic. Longest first, so that none cuts another in half. */
function spellings(secrets: readonly string[]): readonly string[] {
  const known = spelled.get(secrets);
  if (known !== undefined) return known;
  const all = secrets
    .filter((secret) => secret.length >= 6)
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret), Buffer.from(secret).toString("base64").replace(/=+$/, "")]);
  const sorted = [...new Set(all)].sort((left, right) => right.length - left.length);
  spelled.set(secrets, sorted);
  return sorted;
}
