/** How files with text come from spreadsheets here: Unicode, or the code page of Cyrillic or Turkish Windows. */
export const TEXT_ENCODINGS = ["utf-8", "utf-16le", "utf-16be", "windows-1251", "windows-1254"] as const;
export type TextEncoding = (typeof TEXT_ENCODINGS)[number];

export interface DecodedText {
  readonly encoding: TextEncoding;
  /** The file says itself which Unicode it is. */
  readonly hasMark: boolean;
  readonly text: string;
}

/** Reads bytes as text; without `encoding` it is recognised. A byte order mark is no part of the text. */
export function decodeText(bytes: Uint8Array, encoding?: TextEncoding): DecodedText {
  const marked = markOf(bytes);
  const chosen = encoding ?? marked ?? guess(bytes);
  return { encoding: chosen, hasMark: marked === chosen, text: decode(bytes, chosen) };
}

/** TextDecoder takes a byte order mark away by itself. */
const decode = (bytes: Uint8Array, encoding: TextEncoding) => new TextDecoder(encoding).decode(bytes);

function markOf(bytes: Uint8Array): TextEncoding | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return "utf-8";
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  return bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : null;
}

function guess(bytes: Uint8Array): TextEncoding {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return "utf-8";
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return isTurkish(bytes) ? "windows-1254" : "windows-1251";
  }
}

const WORD = /[\p{L}]{2,}/gu;
const MIXED = /[A-Za-z].*[\u0400-\u04FF]|[\u0400-\u04FF].*[A-Za-z]/;

/** Turkish words read with the Cyrillic code page are Latin with a Cyrillic letter here and there; Russian and Ukrainian ones are not. */
function isTurkish(bytes: Uint8Array): boolean {
  const words = decode(bytes.subarray(0, 200_000), "windows-1251").match(WORD) ?? [];
  const foreign = words.filter((word) => /[\u0400-\u04FF]/.test(word));
  return foreign.filter((word) => MIXED.test(word)).length * 2 > foreign.length;
}
