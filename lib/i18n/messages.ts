import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import compile from "icu-minify/compile";
import type { AbstractIntlMessages } from "next-intl";
import formatMessage from "use-intl/format-message";
import type { AppLocale } from "./locales";

/**
 * The pages are built with the formatter that only formats (next.config.ts), so that no browser fetches a parser: what they are
 * given is parsed here. The worker has the whole formatter, and takes the texts as they are written.
 */
const parse: (text: string) => unknown = formatMessage.raw ? (text) => text : compilePlain;

/** The compiler's objects have no prototype, and React hands only plain ones over to the browser. */
function compilePlain(text: string): unknown {
  return JSON.parse(JSON.stringify(compile(text)));
}

function parseAll(messages: AbstractIntlMessages): AbstractIntlMessages {
  const entries = Object.entries(messages).map(([key, value]) => [key, typeof value === "string" ? parse(value) : parseAll(value)] as const);
  return Object.fromEntries(entries) as AbstractIntlMessages;
}

const loaded = new Map<AppLocale, Promise<AbstractIntlMessages>>();

async function readCatalogue(locale: AppLocale): Promise<AbstractIntlMessages> {
  const folder = join(/* turbopackIgnore: true */ process.cwd(), "messages", locale);
  const files = (await readdir(folder)).filter((name) => name.endsWith(".json")).sort();
  const entries = await Promise.all(
    files.map(
      async (name) => [name.slice(0, -".json".length), parseAll(JSON.parse(await readFile(join(folder, name), "utf8")) as AbstractIntlMessages)] as const,
    ),
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
