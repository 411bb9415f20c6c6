/** What most desks have: one expression for links, one for e-mails, one for phones, one for a few words. */
const PATTERNS: readonly RegExp[] = [
  /https?:\/\/\S+|www\.\S+|\b[a-z0-9-]+\.(?:ru|com|net|org|ua|shop|store|info)\b/iu,
  /[\w.+-]+@[\w-]+\.[\w.]+/u,
  /(?:\+|\b)\d[\d\s().-]{8,16}\d\b/u,
  /telegram|whatsapp|viber|instagram|телеграм|вотсап|ватсап|вайбер|инстаграм|@[a-z]\w{3,}/iu,
];

/** Whether a plain expression finds anything in a text. */
export function baselineFinds(text: string): boolean {
  return PATTERNS.some((pattern) => pattern.test(text));
}

/** The same work over a long text: every match of every expression. */
export function baselineCount(text: string): number {
  return PATTERNS.reduce((sum, pattern) => sum + [...text.matchAll(new RegExp(pattern.source, `${pattern.flags}g`))].length, 0);
}
