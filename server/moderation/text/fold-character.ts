/** One character without case, accent or ornament. An empty string means that a reader does not see it at all. */

const INVISIBLE = /^[\p{Cf}\p{Mn}\p{Me}\p{Cc}\u115f\u1160\u3164\uffa0\u2800]$/u;
const SPACE = /^\s$/u;
const NEW_LINES = new Set([0x0a, 0x0b, 0x0c, 0x0d, 0x85, 0x2028, 0x2029]);
/** Not letters, though Unicode's compatibility form makes letters of them. */
const KEPT = new Set(["№", "™", "®", "©", "℃", "℉", "…"]);
const MARKS = /[\p{Mn}\p{Me}]/gu;
/** Small capitals, in the order of the Latin alphabet; Unicode gives them no compatibility form. */
const SMALL_CAPITALS = "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡ✗ʏᴢ";

/** [first, last, what the first one stands for] where Unicode gives ornamented letters and digits no compatibility form. */
const ORNAMENTED: readonly (readonly [number, number, string])[] = [
  [0x2776, 0x277e, "1"],
  [0x2780, 0x2788, "1"],
  [0x278a, 0x2792, "1"],
  [0x24f5, 0x24fd, "1"],
  [0x24ff, 0x24ff, "0"],
  [0x1f10b, 0x1f10c, "0"],
  [0x1f150, 0x1f169, "a"],
  [0x1f170, 0x1f189, "a"],
  [0x1f1e6, 0x1f1ff, "a"],
];

function ornamented(code: number): string | undefined {
  const range = ORNAMENTED.find(([first, last]) => code >= first && code <= last);
  if (range === undefined) return undefined;
  const [first, , base] = range;
  return base === "a" ? String.fromCharCode(base.charCodeAt(0) + code - first) : String(Number(base) + (base === "0" ? 0 : code - first));
}

function foldUncached(character: string, code: number): string {
  if (NEW_LINES.has(code)) return "\n";
  if (SPACE.test(character)) return " ";
  if (code === 0x1f51f) return "10";
  if (INVISIBLE.test(character)) return "";
  if (KEPT.has(character)) return character;
  const small = SMALL_CAPITALS.indexOf(character);
  if (small >= 0) return String.fromCharCode(97 + small);
  if (/^\p{Nd}$/u.test(character)) return String(digitValue(character, code));
  return ornamented(code) ?? plain(character);
}

function plain(character: string): string {
  const folded = character.toLowerCase().normalize("NFKD").replace(MARKS, "").toLowerCase().replaceAll("ı", "i").trim();
  return folded === "" ? " " : folded;
}

/** The value of a decimal digit of any script: their ten digits stand together, the zero first. */
function digitValue(character: string, code: number): number {
  const compatible = character.normalize("NFKD");
  if (/^[0-9]$/.test(compatible)) return Number(compatible);
  let zero = code;
  while (code - zero < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return (code - zero) % 10;
}

const known = new Map<number, string>();
for (let code = 0; code < 0x80; code += 1) known.set(code, foldUncached(String.fromCharCode(code), code));

/** @param character one code point. @returns lower case, without accents, in its plainest compatible form; "" when it is invisible. */
export function foldCharacter(character: string, code: number): string {
  const before = known.get(code);
  if (before !== undefined) return before;
  const folded = foldUncached(character, code);
  // At most one entry a code point that exists: bounded by Unicode itself.
  known.set(code, folded);
  return folded;
}
