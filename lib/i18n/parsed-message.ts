/** A message as `icu-minify/compile` leaves it: text, or parts, each of them text, `0` for the number of a plural, or an argument. */
type Part = string | number | readonly unknown[];

const isBranches = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === "object" && value !== null && !Array.isArray(value);

/** Whether this is a message, not a namespace or nothing at all. */
export function isMessage(value: unknown): value is string | readonly Part[] {
  return typeof value === "string" || Array.isArray(value);
}

/** What stands at `a.b.c` of nested messages. */
export function messageAt(messages: unknown, key: string): unknown {
  return key.split(".").reduce<unknown>((inner, name) => (isBranches(inner) ? inner[name] : undefined), messages);
}

/** The names of the arguments a parsed message takes, those inside of plurals and choices too. */
export function argumentNames(message: unknown): string[] {
  if (!Array.isArray(message)) return [];
  return message.flatMap((part: unknown) => (Array.isArray(part) ? namesOf(part) : []));
}

/** `[name]`, `[name, kind, style or branches]`, or a tag: `[name, …parts]`. */
function namesOf([name, kind, branches, ...rest]: readonly unknown[]): string[] {
  const isTag = kind !== undefined && (typeof kind !== "number" || kind === 0);
  if (isTag) return argumentNames([kind, branches, ...rest]);
  const inside = isBranches(branches) ? Object.values(branches).flatMap(argumentNames) : [];
  return [...(typeof name === "string" ? [name] : []), ...inside];
}
