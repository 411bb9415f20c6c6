import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { AppLocale } from "./locales";

/** Why an error comes and what mends it, in the reader's words. */
export interface Explanation {
  readonly cause: string;
  readonly remedy: string;
}

/**
 * The catalogue of errors: `messages/<locale>/error-catalogue/<namespace>.json`, by `<namespace>.<key>`. It is kept apart from the other
 * messages because those travel with every page.
 */
export async function loadExplanations(locale: AppLocale): Promise<ReadonlyMap<string, Explanation>> {
  const folder = join(/* turbopackIgnore: true */ process.cwd(), "messages", locale, "error-catalogue");
  const files = (await readdir(folder)).filter((name) => name.endsWith(".json")).sort();
  const entries = await Promise.all(
    files.map(async (name) => {
      const texts = JSON.parse(await readFile(join(folder, name), "utf8")) as Readonly<Record<string, Explanation>>;
      return Object.entries(texts).map(([key, text]) => [`${name.slice(0, -".json".length)}.${key}`, text] as const);
    }),
  );
  return new Map(entries.flat());
}
