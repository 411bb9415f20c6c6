const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;
const NUL = String.fromCharCode(0);

/** Text as PostgreSQL can hold it: without U+0000, lone surrogates replaced. Nothing a person wrote gets lost by it. */
export function storable(text: string): string {
  return text.replaceAll(NUL, "").replace(LONE_SURROGATE, "\uFFFD");
}
