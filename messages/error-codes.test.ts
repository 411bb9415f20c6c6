import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const errors: unknown = JSON.parse(readFileSync(join(root, "messages", "en", "errors.json"), "utf8"));

/** `new AppError("a.b"`, `notFound("a.b"`, `new ConnectorError("kind", "a.b"` and the like. */
const THROWN = /\b(?:AppError|ConnectorError|notFound|forbidden|invalid|conflict|refuse)\(\s*(?:"[a-z-]+",\s*)?"([a-z]+(?:\.[a-z0-9_-]+)+)"/g;

function* sources(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (/^(?:generated|testing|sandbox|fixtures|node_modules)$/.test(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* sources(path);
    else if (/\.tsx?$/.test(entry.name) && !entry.name.includes(".test.")) yield path;
  }
}

function hasText(code: string): boolean {
  const found = code
    .split(".")
    .reduce<unknown>((node, key) => (typeof node === "object" && node !== null ? (node as Record<string, unknown>)[key] : undefined), errors);
  return typeof found === "string";
}

describe("error codes", () => {
  const codes = new Set<string>();
  for (const folder of ["server", "inngest", "lib"]) {
    for (const file of sources(join(root, folder))) for (const [, code = ""] of readFileSync(file, "utf8").matchAll(THROWN)) codes.add(code);
  }

  it("finds the codes that are thrown", () => {
    expect(codes.size).toBeGreaterThan(40);
    expect(codes).toContain("connection.not_found");
  });

  it("has a text for every code that is thrown", () => {
    expect([...codes].filter((code) => !hasText(code)).sort()).toEqual([]);
  });
});
