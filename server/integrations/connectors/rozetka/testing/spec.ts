import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { z } from "zod";

/** Names and types of the vendor's apidoc (dump of 2025-10-18): 374 endpoints, several doc versions of most. */
const FILE = fileURLToPath(new URL("../../../../../../shared/specs/rozetka-endpoints.json", import.meta.url));
export const hasSpec = existsSync(FILE);

const parameter = z.object({ name: z.string(), type: z.string(), required: z.boolean().optional() });
const named = z.object({ name: z.string(), type: z.string() });
const endpoint = z.object({
  method: z.string().nullable(),
  path: z.string().nullable(),
  docVersion: z.string(),
  group: z.string(),
  request: z.record(z.string(), z.array(parameter)),
  headers: z.array(z.string()),
  response: z.array(named),
});
type Endpoint = z.output<typeof endpoint>;

export interface SpecOperation {
  readonly path: string;
  /** By section: of the query or path, and of the body. */
  readonly query: ReadonlySet<string>;
  readonly body: ReadonlySet<string>;
  readonly requiredBody: readonly string[];
  readonly headers: ReadonlySet<string>;
  /** Last parts of the names of everything an answer may hold. */
  readonly answer: ReadonlySet<string>;
}

const lastPart = (name: string) => name.split(".").at(-1) ?? name;

export interface Spec {
  operation(method: string, path: string): SpecOperation | undefined;
  /** Fields of a table of the models, without its own name. */
  model(name: string): ReadonlySet<string>;
  /** Every part of the names of everything any answer may hold. */
  readonly everywhere: ReadonlySet<string>;
}

export function loadSpec(): Spec {
  const { endpoints } = z.object({ endpoints: z.array(endpoint) }).parse(JSON.parse(readFileSync(FILE, "utf8")));
  return {
    operation(method, path) {
      const fitting = endpoints.filter((entry) => entry.method === method && entry.path !== null && patternOf(entry.path).test(path));
      // A literal path wins over one with a number in it.
      const exact = fitting.filter((entry) => entry.path === path);
      return merged(exact.length > 0 ? exact : fitting);
    },
    everywhere: new Set(endpoints.flatMap(({ response }) => response.flatMap(({ name }) => name.split(".")))),
    model: (name) =>
      new Set(endpoints.flatMap(({ response }) => response.flatMap((field) => (field.name.startsWith(`${name}.`) ? [lastPart(field.name)] : [])))),
  };
}

const patternOf = (path: string) => new RegExp(`^${path.replaceAll(/\{[^}]+\}/g, "\\d+")}$`);

/** All doc versions together: one parameter may stand in an older one only. Required is what the newest says. */
function merged(entries: readonly Endpoint[]): SpecOperation | undefined {
  const newest = [...entries].sort((left, right) => (left.docVersion < right.docVersion ? 1 : -1))[0];
  if (newest?.path === undefined || newest.path === null) return undefined;
  const isBody = (section: string) => /body/i.test(section);
  const names = (wanted: boolean) =>
    new Set(
      entries.flatMap(({ request }) => Object.entries(request).flatMap(([section, list]) => (isBody(section) === wanted ? list.map(({ name }) => name) : []))),
    );
  return {
    path: newest.path,
    query: names(false),
    body: names(true),
    requiredBody: Object.entries(newest.request).flatMap(([section, list]) =>
      isBody(section) ? list.filter(({ required }) => required === true).map(({ name }) => name) : [],
    ),
    headers: new Set(entries.flatMap(({ headers }) => headers)),
    answer: new Set(entries.flatMap(({ response }) => response.map(({ name }) => lastPart(name)))),
  };
}
