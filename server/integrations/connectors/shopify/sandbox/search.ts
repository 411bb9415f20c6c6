import { badRequest } from "./connection";

/** What a search term is compared with, by its name. */
export type Fields<T> = Readonly<Record<string, (item: T) => string | number>>;

const TERM = /^(\w+):(>=|<=|>|<)?(?:'([^']*)'|"([^"]*)"|(\S+))\s*(?:AND\s+)?/;

/** The search syntax as far as it is needed: terms that must all hold. Moments have to be quoted, or their colons end the term. */
export function search<T>(items: readonly T[], query: string | null | undefined, fields: Fields<T>): T[] {
  let rest = (query ?? "").trim();
  let found = [...items];
  while (rest !== "") {
    const match = TERM.exec(rest);
    if (match === null) throw badRequest(`Invalid search query: ${rest.slice(0, 80)}`);
    const [whole, name = "", operator = "", single, double, bare] = match;
    const of = fields[name];
    if (of === undefined) throw badRequest(`Invalid search field: ${name}`);
    if (bare?.includes(":")) throw badRequest(`A value with colons has to be quoted: ${bare}`);
    found = found.filter((item) => holds(of(item), operator, single ?? double ?? bare ?? ""));
    rest = rest.slice(whole.length);
  }
  return found;
}

function holds(actual: string | number, operator: string, wanted: string): boolean {
  if (typeof actual === "string") return wanted.toLowerCase().split(",").includes(actual.toLowerCase());
  const number = /^\d+$/.test(wanted) ? Number(wanted) : Date.parse(wanted);
  if (Number.isNaN(number)) throw badRequest(`Invalid value: ${wanted}`);
  // Moments count in whole seconds.
  const value = Math.floor(actual / 1_000) * 1_000;
  switch (operator) {
    case ">=":
      return value >= number;
    case "<=":
      return value <= number;
    case ">":
      return value > number;
    case "<":
      return value < number;
    default:
      return value === number;
  }
}
