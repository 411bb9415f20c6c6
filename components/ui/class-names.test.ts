import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { extendTailwindMerge } from "tailwind-merge";
import { describe, expect, it } from "vitest";
import { cn } from "./class-names";

/** The library's whole table, with the one thing it cannot know of our theme. */
const whole = extendTailwindMerge({ extend: { classGroups: { "font-size": [{ text: ["xs", "sm", "base", "lg", "xl", "2xl"] }] } } });

const QUOTED = /(["'`])((?:(?!\1)[^\\\n]|\\.)*)\1/g;
const CLASS = /^-?[a-z@[][\w\-:/.[\]()%@!,*&>+=#]*$/;

/** Every word of a string in our components that could be a class, without what stands before it (`hover:`, `max-sm:`). */
function wordsInUse(): Set<string> {
  const words = new Set<string>();
  for (const folder of ["components", "app"])
    for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
      if (!/\.tsx?$/.test(file) || file.includes(".test.") || file.endsWith("class-groups.ts")) continue;
      for (const [, , text = ""] of readFileSync(join(folder, file), "utf8").matchAll(QUOTED))
        for (const word of text.split(/\s+/)) if (CLASS.test(word)) words.add(word.replace(/^.*:(?![^[]*\])/, ""));
    }
  words.delete("");
  return words;
}

describe("class names", () => {
  it("let the later of two that set the same property win, each behind its own condition", () => {
    expect(cn("px-2 text-sm hover:bg-hover", false, ["p-4", { "text-ink": true }])).toBe("text-sm hover:bg-hover p-4 text-ink");
    expect(cn("hover:bg-hover bg-surface", "hover:bg-sunken")).toBe("bg-surface hover:bg-sunken");
  });

  it("are merged as by the library's whole table, for every two classes in use", () => {
    // What says the same twice is a class to the table; the rest are words of other trades.
    const classes = [...wordsInUse()].filter((word) => whole(`${word} ${word}`) === word);
    expect(classes.length).toBeGreaterThan(500);
    const different: string[] = [];
    for (const before of classes)
      for (const after of classes) {
        const both = `${before} ${after}`;
        if (before !== after && cn(both) !== whole(both)) different.push(`${both} → ${cn(both)}, the table: ${whole(both)}`);
      }
    expect(different).toEqual([]);
  });
});
