/** Where a shortcut counts. `global` always; the others while their view is on the screen. */
export type ShortcutScope = "global" | "inbox" | "list";

export interface Shortcut {
  /** Pressed together when `mod` or `shift` is among them, one after the other otherwise. Letters are physical keys, so they work in any layout. */
  readonly keys: readonly string[];
  readonly scope: ShortcutScope;
  /** Text in `layout.shortcuts.*`. */
  readonly labelKey: string;
  /** Also inside text fields. */
  readonly whileTyping?: true;
}

/**
 * Every shortcut there is: the help sheet, tooltips, the command bar and `useShortcut` read this one table. Single keys never
 * fire while somebody types. Alt+letter and Ctrl+W/T/N belong to the browser.
 */
export const SHORTCUTS = {
  "command.open": { keys: ["mod", "k"], scope: "global", labelKey: "commandBar", whileTyping: true },
  "help.open": { keys: ["?"], scope: "global", labelKey: "help" },
  "navigation.toggle": { keys: ["["], scope: "global", labelKey: "toggleNavigation" },
  "go.home": { keys: ["g", "h"], scope: "global", labelKey: "goHome" },
  "go.inbox": { keys: ["g", "i"], scope: "global", labelKey: "goInbox" },
  "go.sales": { keys: ["g", "s"], scope: "global", labelKey: "goSales" },
  "go.integrations": { keys: ["g", "c"], scope: "global", labelKey: "goIntegrations" },
  "go.jobs": { keys: ["g", "j"], scope: "global", labelKey: "goJobs" },
  "go.settings": { keys: ["g", "t"], scope: "global", labelKey: "goSettings" },
  "list.search": { keys: ["/"], scope: "list", labelKey: "search" },
  "list.next": { keys: ["j"], scope: "list", labelKey: "next" },
  "list.previous": { keys: ["k"], scope: "list", labelKey: "previous" },
  "list.open": { keys: ["enter"], scope: "list", labelKey: "open" },
  "inbox.reply": { keys: ["r"], scope: "inbox", labelKey: "reply" },
  "inbox.unread": { keys: ["u"], scope: "inbox", labelKey: "unread" },
  "inbox.assign": { keys: ["i"], scope: "inbox", labelKey: "assignToMe" },
  "inbox.resolve": { keys: ["e"], scope: "inbox", labelKey: "resolve" },
  "inbox.leave": { keys: ["escape"], scope: "inbox", labelKey: "leave", whileTyping: true },
  "inbox.send": { keys: ["mod", "enter"], scope: "inbox", labelKey: "send", whileTyping: true },
} as const satisfies Readonly<Record<string, Shortcut>>;

export type ShortcutId = keyof typeof SHORTCUTS;

export const SHORTCUT_IDS = Object.keys(SHORTCUTS) as ShortcutId[];

const CODES: Readonly<Record<string, string>> = { "/": "slash", "[": "bracketleft" };

/** The spelling react-hotkeys-hook wants: `mod+k`, `g>h`, `slash`. */
export function toHotkey({ keys }: Shortcut): string {
  const codes = keys.map((key) => CODES[key] ?? key);
  const together = keys.includes("mod") || keys.includes("shift");
  return codes.join(together ? "+" : ">");
}
