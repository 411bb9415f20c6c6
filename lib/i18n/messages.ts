import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { AbstractIntlMessages } from "next-intl";
import type { AppLocale } from "./locales";

const loaded = new Map<AppLocale, Promise<AbstractIntlMessages>>();

async function readCatalogue(locale: AppLocale): Promise<AbstractIntlMessages> {
  const folder = join(/* turbopackIgnore: true */ process.cwd(), "messages", locale);
  const files = (await readdir(folder)).filter((name) => name.endsWith(".json")).sort();
  const entries = await Promise.all(
    files.map(async (name) => [name.slice(0, -".json".length), JSON.parse(await readFile(join(folder, name), "utf8")) as AbstractIntlMessages] as const),
  );
  return Object.fromEntries(entries);
}

/** All messages of a language, one namespace per file of `messages/<locale>/`. Read once in production, anew on every request while developing. */
export function loadMessages(locale: AppLocale): Promise<AbstractIntlMessages> {
  const known = loaded.get(locale);
  if (known !== undefined && process.env.NODE_ENV === "production") return known;
  const reading = readCatalogue(locale);
  loaded.set(locale, reading);
  return reading;
}
