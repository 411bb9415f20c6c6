import { z } from "zod";
import { AppError } from "@/server/platform/errors";
import type { Endpoint } from "../endpoints/endpoint";
import { InvalidInput } from "./problem";

const MOST_BYTES = 256 * 1024;

export interface Match {
  readonly endpoint: Endpoint;
  readonly params: Readonly<Record<string, string>>;
}

/** The endpoints a path has, by method. */
export function matchPath(endpoints: readonly Endpoint[], pathname: string): Match[] {
  const asked = pathname.replace(/\/$/, "").split("/");
  return endpoints.flatMap((endpoint) => {
    const pattern = endpoint.path.split("/");
    if (pattern.length !== asked.length) return [];
    const params: Record<string, string> = {};
    for (const [index, part] of pattern.entries()) {
      const given = asked[index] ?? "";
      if (part.startsWith("{")) params[part.slice(1, -1)] = decode(given);
      else if (part !== given) return [];
    }
    return [{ endpoint, params }];
  });
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new AppError("request.malformed", { status: 400 });
  }
}

/** @throws InvalidInput (422), also for texts the database cannot hold. */
export function readPart(place: "path" | "query" | "body", schema: z.ZodType, value: unknown): unknown {
  const unstorable = findNul(value, []);
  if (unstorable !== null) throw new InvalidInput(place, [{ code: "custom", path: unstorable, message: "U+0000 is not text", input: undefined }]);
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new InvalidInput(place, parsed.error.issues);
  return parsed.data;
}

/** Where a text holds U+0000, which PostgreSQL refuses; null = nowhere. */
function findNul(value: unknown, path: readonly string[]): string[] | null {
  if (typeof value === "string") return value.includes("\u0000") ? [...path] : null;
  if (typeof value !== "object" || value === null) return null;
  for (const [key, inner] of Object.entries(value)) {
    const found = key.includes("\u0000") ? [...path] : findNul(inner, [...path, key]);
    if (found !== null) return found;
  }
  return null;
}

/** Parameters as the schema names them: lists may come several times, everything else once; what it does not name is refused. */
export function readQuery(schema: z.ZodObject, search: URLSearchParams): unknown {
  const given: Record<string, unknown> = {};
  for (const name of new Set(search.keys())) {
    const values = search.getAll(name);
    const field = schema.shape[name];
    given[name] = field !== undefined && isList(field) ? values : values.length === 1 ? values[0] : values;
  }
  return readPart("query", schema.strict(), given);
}

function isList(field: z.core.$ZodType): boolean {
  const inner = field instanceof z.ZodOptional || field instanceof z.ZodDefault ? field.unwrap() : field;
  return inner instanceof z.ZodArray;
}

/** The body's text. @throws AppError `request.too_large` (413) | `request.media_type` (415) | `request.malformed` (400). */
export async function readText(request: Request): Promise<string> {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";
  if (type !== "application/json") throw new AppError("request.media_type", { status: 415 });
  if (Number(request.headers.get("content-length") ?? 0) > MOST_BYTES) throw new AppError("request.too_large", { status: 413 });
  const bytes = Buffer.from(await request.arrayBuffer());
  if (bytes.byteLength > MOST_BYTES) throw new AppError("request.too_large", { status: 413 });
  return bytes.toString("utf8");
}

export function parseBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AppError("request.malformed", { status: 400, cause: error });
  }
}
