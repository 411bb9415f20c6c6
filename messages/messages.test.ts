import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createTranslator } from "next-intl";
import { describe, expect, it } from "vitest";
import { LOCALES } from "@/lib/i18n/locales";

const root = fileURLToPath(new URL(".", import.meta.url));

type Catalogue = { readonly [key: string]: string | Catalogue };

function read(locale: string, file: string): Catalogue {
  return JSON.parse(readFileSync(join(root, locale, file), "utf8")) as Catalogue;
}

function flatten(catalogue: Catalogue, prefix = ""): [string, string][] {
  return Object.entries(catalogue).flatMap(([key, value]) =>
    typeof value === "string" ? [[`${prefix}${key}`, value] as [string, string]] : flatten(value, `${prefix}${key}.`),
  );
}

/** `{name}`, `{count, plural, …}` and `<tag>`: what a text needs from the code. */
function placeholders(text: string): string[] {
  // What stands in braces after a form's name is that form's text, even when it is a single word.
  const values = [...text.matchAll(/(?<!(?:zero|one|two|few|many|other|=\d+)\s*)\{\s*(\w+)\s*(?:,\s*(\w+))?(?=[,}])/g)].map(
    ([, name, kind]) => `${name}${kind === undefined ? "" : `:${kind}`}`,
  );
  const tags = [...text.matchAll(/<(\w+)>/g)].map(([, tag]) => `<${tag}>`);
  return [...new Set([...values, ...tags])].sort();
}

/** The plural forms a language has; a text that counts has to give each. */
const FORMS: Readonly<Record<string, readonly string[]>> = {
  en: ["one", "other"],
  ru: ["one", "few", "many", "other"],
  uk: ["one", "few", "many", "other"],
  tr: ["one", "other"],
};

const files = readdirSync(join(root, "en")).filter((name) => name.endsWith(".json"));

describe("message catalogues", () => {
  it.each(LOCALES)("%s has the namespaces of English", (locale) => {
    expect(
      readdirSync(join(root, locale))
        .filter((name) => name !== "error-catalogue")
        .sort(),
    ).toEqual([...files].sort());
  });

  describe.each(files)("%s", (file) => {
    const english = new Map(flatten(read("en", file)));

    it.each(LOCALES)("%s has every text, none empty, with the same values in it", (locale) => {
      const texts = new Map(flatten(read(locale, file)));
      expect([...texts.keys()].sort()).toEqual([...english.keys()].sort());
      for (const [key, text] of texts) {
        expect(text.trim(), key).not.toBe("");
        expect(placeholders(text), `${locale} ${key}`).toEqual(placeholders(english.get(key) ?? ""));
      }
    });

    it.each(LOCALES)("%s is well-formed ICU and counts in its own plural forms", (locale) => {
      const catalogue = read(locale, file);
      for (const [key, text] of flatten(catalogue)) {
        const errors: string[] = [];
        const t = createTranslator({ locale, messages: catalogue as Record<string, string>, onError: (error) => errors.push(error.message) });
        const values = Object.fromEntries(
          placeholders(text).map((name) => (name.startsWith("<") ? [name.slice(1, -1), (chunks: unknown) => String(chunks)] : [name.split(":")[0] ?? "", 3])),
        );
        t.rich(key, values as Record<string, number>);
        expect(errors, `${locale} ${key}`).toEqual([]);
        if (text.includes(", plural,")) for (const form of FORMS[locale] ?? []) expect(text, `${locale} ${key}`).toMatch(new RegExp(`\\b${form} \\{`));
      }
    });
  });
});
