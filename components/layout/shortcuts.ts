/** Where a shortcut counts. `global` always; the others while their view is on the screen. */
export type ShortcutScope = "global" | "list" | "inbox" | "composer";

export const SHORTCUT_SCOPES: readonly ShortcutScope[] = ["global", "list", "inbox", "composer"];

export interface Shortcut {
  /** Pressed together when `mod` or `shift` is among them, one after the other otherwise. Letters are physical keys, so they work in any layout. */
  readonly keys: readonly string[];
  readonly scope: ShortcutScope;
  /** Text in `layout.shortcuts.*`. */
  readonly labelKey: string;
  /** Also inside text fields. */
  readonly whileTyping?: true;
  /** A character that is typed into the text, not a key that is pressed: listed, but not to be changed. */
  readonly typed?: true;
}

/**
 * Every shortcut there is, with the keys it has until a person chooses others: the help sheet, tooltips, the command bar and
 * `useShortcut` read this one table through `shortcut-map.ts`. Single keys never fire while somebody types.
 */
export const SHORTCUTS = {
  "command.open": { keys: ["mod", "k"], scope: "global", labelKey: "commandBar", whileTyping: true },
  "help.open": { keys: ["?"], scope: "global", labelKey: "help" },
  "edit.undo": { keys: ["z"], scope: "global", labelKey: "undo" },
  "navigation.toggle": { keys: ["["], scope: "global", labelKey: "toggleNavigation" },
  "go.home": { keys: ["g", "h"], scope: "global", labelKey: "goHome" },
  "go.inbox": { keys: ["g", "i"], scope: "global", labelKey: "goInbox" },
  "go.orders": { keys: ["g", "o"], scope: "global", labelKey: "goOrders" },
  "go.reviews": { keys: ["g", "r"], scope: "global", labelKey: "goReviews" },
  "go.automations": { keys: ["g", "a"], scope: "global", labelKey: "goAutomations" },
  "go.sales": { keys: ["g", "m"], scope: "global", labelKey: "goSales" },
  "go.catalog": { keys: ["g", "p"], scope: "global", labelKey: "goCatalog" },
  "go.integrations": { keys: ["g", "c"], scope: "global", labelKey: "goIntegrations" },
  "go.jobs": { keys: ["g", "s"], scope: "global", labelKey: "goJobs" },
  "go.settings": { keys: ["g", "t"], scope: "global", labelKey: "goSettings" },
  "notices.open": { keys: ["g", "n"], scope: "global", labelKey: "notices" },
  "list.search": { keys: ["/"], scope: "list", labelKey: "search" },
  "list.next": { keys: ["j"], scope: "list", labelKey: "next" },
  "list.previous": { keys: ["k"], scope: "list", labelKey: "previous" },
  "list.open": { keys: ["enter"], scope: "list", labelKey: "open" },
  "list.select": { keys: ["x"], scope: "list", labelKey: "select" },
  "list.selectRange": { keys: ["shift", "x"], scope: "list", labelKey: "selectRange" },
  "inbox.reply": { keys: ["r"], scope: "inbox", labelKey: "reply" },
  "inbox.note": { keys: ["n"], scope: "inbox", labelKey: "note" },
  "inbox.assign": { keys: ["a"], scope: "inbox", labelKey: "assign" },
  "inbox.assignToMe": { keys: ["i"], scope: "inbox", labelKey: "assignToMe" },
  "inbox.label": { keys: ["l"], scope: "inbox", labelKey: "label" },
  "inbox.priority": { keys: ["p"], scope: "inbox", labelKey: "priority" },
  "inbox.snooze": { keys: ["s"], scope: "inbox", labelKey: "snooze" },
  "inbox.resolve": { keys: ["e"], scope: "inbox", labelKey: "resolve" },
  "inbox.resolveNext": { keys: ["shift", "e"], scope: "inbox", labelKey: "resolveNext" },
  "inbox.unread": { keys: ["u"], scope: "inbox", labelKey: "unread" },
  "inbox.leave": { keys: ["escape"], scope: "inbox", labelKey: "leave", whileTyping: true },
  "inbox.send": { keys: ["mod", "enter"], scope: "composer", labelKey: "send", whileTyping: true },
  "inbox.sendResolve": { keys: ["mod", "shift", "enter"], scope: "composer", labelKey: "sendResolve", whileTyping: true },
  "composer.template": { keys: ["#"], scope: "composer", labelKey: "template", typed: true },
  "composer.macro": { keys: [";"], scope: "composer", labelKey: "macro", typed: true },
} as const satisfies Readonly<Record<string, Shortcut>>;

export type ShortcutId = keyof typeof SHORTCUTS;

export const SHORTCUT_IDS = Object.keys(SHORTCUTS) as ShortcutId[];

/** Our names of keys whose code is another word, as the hotkey library spells codes. */
const CODES: Readonly<Record<string, string>> = {
  "/": "slash",
  "[": "bracketleft",
  "]": "bracketright",
  ";": "semicolon",
  "'": "quote",
  ",": "comma",
  ".": "period",
  "\\": "backslash",
  "`": "backquote",
  "-": "minus",
  "=": "equal",
  up: "arrowup",
  down: "arrowdown",
  left: "arrowleft",
  right: "arrowright",
};

const NAMES: ReadonlyMap<string, string> = new Map(Object.entries(CODES).map(([name, code]) => [code, name]));

export const MODIFIERS: readonly string[] = ["mod", "shift"];

/** Whether the keys are pressed at once rather than one after the other. */
export function isChord(keys: readonly string[]): boolean {
  return keys.some((key) => MODIFIERS.includes(key));
}

/** The spelling react-hotkeys-hook wants: `mod+k`, `g>h`, `slash`. */
export function toHotkey(keys: readonly string[]): string {
  return keys.map((key) => CODES[key] ?? key).join(isChord(keys) ? "+" : ">");
}

/** Our name of a pressed key from `KeyboardEvent.code`, whatever the layout: `KeyJ` → `j`, `Slash` → `/`; null for modifiers and keys we cannot bind. */
export function nameOfCode(code: string): string | null {
  const plain = /^(?:Key([A-Z])|Digit([0-9]))$/.exec(code);
  if (plain !== null) return (plain[1] ?? plain[2] ?? "").toLowerCase();
  const lower = code.toLowerCase();
  if (NAMES.has(lower)) return NAMES.get(lower) ?? null;
  return [
    "enter",
    "escape",
    "backspace",
    "delete",
    "home",
    "end",
    "pageup",
    "pagedown",
    "space",
    "tab",
    "f1",
    "f2",
    "f3",
    "f4",
    "f6",
    "f8",
    "f9",
    "f10",
  ].includes(lower)
    ? lower
    : null;
}
