import { isChord, MODIFIERS, SHORTCUT_IDS, SHORTCUTS, type Shortcut, type ShortcutId, toHotkey } from "./shortcuts";

/** What a person changed: other keys, or none (`[]` switches the shortcut off). Absent = as it comes. */
export type ShortcutOverrides = Readonly<Partial<Record<ShortcutId, readonly string[]>>>;

/** The keys of every shortcut for this person. */
export type ShortcutMap = Readonly<Record<ShortcutId, readonly string[]>>;

export function effectiveMap(overrides: ShortcutOverrides): ShortcutMap {
  return Object.fromEntries(SHORTCUT_IDS.map((id) => [id, overrides[id] ?? SHORTCUTS[id].keys])) as unknown as ShortcutMap;
}

/** Combinations browsers keep for themselves: most never reach a page, the rest people expect to work as always. */
const BROWSER_KEYS = new Set([..."wtnqrlpfshdojugmacvxyz0123456789", "=", "-", "tab", ",", "pageup", "pagedown", "f4"]);
const BROWSER_SINGLE = new Set(["tab", "space", "f1", "f3", "f6", "f10", "escape", "backspace"]);

export type KeyProblem = "reserved" | "modifier_needed" | "too_long" | "empty";

/** Why these keys cannot be given to a shortcut, or null. What works while typing needs Ctrl/⌘, or it could not be typed any more. */
export function problemOf(id: ShortcutId, keys: readonly string[]): KeyProblem | null {
  const shortcut: Shortcut = SHORTCUTS[id];
  const plain = keys.filter((key) => !MODIFIERS.includes(key));
  const [main] = plain;
  if (main === undefined) return "empty";
  if (toHotkey(keys) === toHotkey(shortcut.keys)) return null;
  if (plain.length > 2 || (isChord(keys) && plain.length > 1)) return "too_long";
  if (keys.includes("mod") && BROWSER_KEYS.has(main)) return "reserved";
  if (!keys.includes("mod") && plain.some((key) => BROWSER_SINGLE.has(key))) return "reserved";
  if (shortcut.whileTyping === true && !keys.includes("mod")) return "modifier_needed";
  return null;
}

/** Shortcuts that could not be told apart from `keys`: equal ones, and those where one is the beginning of the other. */
export function conflictsOf(map: ShortcutMap, id: ShortcutId, keys: readonly string[]): ShortcutId[] {
  return SHORTCUT_IDS.filter((other) => {
    const theirs = map[other];
    return other !== id && theirs.length > 0 && keys.length > 0 && isAmbiguous(keys, theirs);
  });
}

function isAmbiguous(one: readonly string[], other: readonly string[]): boolean {
  if (isChord(one) || isChord(other)) return toHotkey(one) === toHotkey(other);
  const shorter = Math.min(one.length, other.length);
  return one.slice(0, shorter).every((key, at) => key === other[at]);
}

/** First keys of sequences ("g" of "g i"): the key after one belongs to the sequence. */
export function prefixesOf(map: ShortcutMap): ReadonlySet<string> {
  return new Set(SHORTCUT_IDS.flatMap((id) => (map[id].length > 1 && !isChord(map[id]) ? [map[id][0] ?? ""] : [])));
}

/** The overrides with one shortcut changed; what equals the original is not kept. */
export function withKeys(overrides: ShortcutOverrides, id: ShortcutId, keys: readonly string[]): ShortcutOverrides {
  const { [id]: _, ...rest } = overrides;
  return toHotkey(keys) === toHotkey(SHORTCUTS[id].keys) ? rest : { ...rest, [id]: keys };
}

/** Overrides from wherever they were kept: unknown shortcuts and keys that are not allowed (any more) are left out. */
export function readOverrides(stored: unknown): ShortcutOverrides {
  if (typeof stored !== "object" || stored === null) return {};
  const entries = Object.entries(stored).filter((entry): entry is [ShortcutId, string[]] => {
    const [id, keys] = entry;
    if (!(id in SHORTCUTS) || !Array.isArray(keys) || keys.length > 4 || !keys.every((key) => typeof key === "string")) return false;
    return keys.length === 0 || problemOf(id as ShortcutId, keys) === null;
  });
  return Object.fromEntries(entries);
}
