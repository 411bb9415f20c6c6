import { storable } from "./storable";

/** What JSON.stringify writes for U+0000 and for lone surrogates; a literal backslash before it only costs the slow way. */
const SUSPECT = /\\u(0000|d[89a-f])/i;

/** JSON text that PostgreSQL can take apart: every string in it is `storable`. `undefined` becomes null. */
export function storableJson(value: unknown): string {
  const text = JSON.stringify(value ?? null);
  if (!SUSPECT.test(text)) return text;
  return JSON.stringify(value, (_key, inner: unknown) => (typeof inner === "string" ? storable(inner) : inner));
}
