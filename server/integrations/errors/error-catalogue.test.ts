import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadExplanations } from "@/lib/i18n/error-explanations";
import { LOCALES } from "@/lib/i18n/locales";
import { listConnectors } from "../registry";
import { EXPLAINED_NAMESPACES } from "../schema";
import { listErrorCodes } from "./list-error-codes";

const listed = listErrorCodes();
const namesOf = (namespace: string) => listed.flatMap(({ code }) => (code.startsWith(`${namespace}.`) ? [code.slice(namespace.length + 1)] : []));

function sources(folder: string): string {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts") && !/\.test\.ts$|^error-codes\.ts$/.test(entry.name))
    .filter((entry) => !/\/(sandbox|testing)(\/|$)/.test(entry.parentPath))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"))
    .join("\n");
}

const CHANNELS = ["chat", "question", "review"];
const contract = sources("server/integrations/contract");

describe("the catalogue of errors", () => {
  it.each(listConnectors().map(({ id }) => id))("%s lists what it raises, and nothing else", (id) => {
    const text = sources(`server/integrations/connectors/${id}`);
    const raised = [...text.matchAll(new RegExp(`["\`]${id}\\.([a-z_]+)["\`]`, "g"))].map((match) => match[1] ?? "");
    const known = namesOf(id);
    expect(raised.filter((name) => !known.includes(name) && !CHANNELS.includes(name))).toEqual([]);
    expect(known.filter((name) => !new RegExp(`\\b${name}\\b`).test(`${text}${contract}`))).toEqual([]);
  });

  it.each(["remote", "http", "vault", "sync", "intake", "connection"])("the house lists what it raises as %s.…", (namespace) => {
    const text = ["server/integrations", "server/platform", "server/sync"].map(sources).join("\n");
    const raised = [
      ...text.matchAll(new RegExp(`(?:notFound|invalid|conflict|forbidden|AppError|HttpFailure|VaultError)\\(\\s*"${namespace}\\.([\\w-]+)"`, "g")),
    ];
    expect(raised.map((match) => match[1] ?? "").filter((name) => !namesOf(namespace).includes(name))).toEqual([]);
  });

  it.each(LOCALES)("has a sentence, a cause and a remedy for every code in %s, and none too many", async (locale) => {
    const explanations = await loadExplanations(locale);
    const sentences = JSON.parse(readFileSync(`messages/${locale}/errors.json`, "utf8")) as Record<string, Record<string, string> | string>;
    const used = new Set<string>();
    for (const { code, explainedBy } of listed) {
      const key = explainedBy.find((candidate) => explanations.has(candidate));
      expect(key, code).toBeDefined();
      used.add(key ?? "");
      const { cause = "", remedy = "" } = explanations.get(key ?? "") ?? {};
      expect(cause.trim() !== "" && remedy.trim() !== "", code).toBe(true);
    }
    expect([...explanations.keys()].filter((key) => !used.has(key))).toEqual([]);
    for (const namespace of EXPLAINED_NAMESPACES) {
      expect(namesOf(namespace).sort(), namespace).toEqual(Object.keys(sentences[namespace] ?? {}).sort());
    }
  });

  it("says the same keys in every language and copies no sentence from another", async () => {
    const [english, ...others] = await Promise.all(LOCALES.map(loadExplanations));
    for (const other of others) {
      expect([...other.keys()].sort()).toEqual([...(english ?? new Map()).keys()].sort());
      for (const [key, { cause }] of other) expect(cause, key).not.toBe(english?.get(key)?.cause);
    }
  });

  it("is linked from exactly the namespaces it explains", () => {
    expect([...new Set(listed.map(({ code }) => code.split(".")[0]))].sort()).toEqual([...EXPLAINED_NAMESPACES].sort());
  });
});
