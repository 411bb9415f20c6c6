import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { SHORTCUT_IDS, SHORTCUTS, type Shortcut, toHotkey } from "./shortcuts";

const texts = JSON.parse(readFileSync(fileURLToPath(new URL("../../messages/en/layout.json", import.meta.url)), "utf8")) as {
  shortcuts: Record<string, unknown>;
};
const all: readonly (Shortcut & { id: string })[] = SHORTCUT_IDS.map((id) => ({ id, ...SHORTCUTS[id] }));

describe("shortcut registry", () => {
  it("gives the same keys to one action only", () => {
    const clashes = all.flatMap((one, index) =>
      all
        .slice(index + 1)
        .filter((other) => toHotkey(one.keys) === toHotkey(other.keys))
        .map((other) => `${one.id} / ${other.id}`),
    );
    expect(clashes).toEqual([]);
  });

  it.each(all)("$id has a text", ({ labelKey }) => {
    expect(typeof texts.shortcuts[labelKey]).toBe("string");
  });

  it.each(all)("$id leaves the browser its own keys and keeps single keys out of text fields", ({ keys, whileTyping }) => {
    expect(keys).not.toContain("alt");
    if ((keys as readonly string[]).includes("mod")) expect(["w", "t", "n"]).not.toContain(keys.at(-1));
    if (whileTyping && keys[0] !== "escape") expect(keys).toContain("mod");
  });

  it("spells keys the way the library reads them", () => {
    expect(toHotkey(SHORTCUTS["go.inbox"].keys)).toBe("g>i");
    expect(toHotkey(SHORTCUTS["command.open"].keys)).toBe("mod+k");
    expect(toHotkey(SHORTCUTS["list.search"].keys)).toBe("slash");
  });
});
