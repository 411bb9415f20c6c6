import { describe, expect, it } from "vitest";
import { newRule, parseSkus, ruleFormSchema } from "./rule-form";

const words = { name: "After a week", text: "Hello, {{buyer_name|dear buyer}}!" };

describe("a new rule", () => {
  it.each(["after_resolve", "cross_sell", "retention", "own"] as const)("of kind %s can be saved as it begins, and sleeps", (kind) => {
    expect(ruleFormSchema.parse(newRule(kind, words))).toMatchObject({ kind, isActive: false });
  });

  it("refuses a placeholder nobody knows", () => {
    expect(ruleFormSchema.safeParse(newRule("own", { ...words, text: "{{buyer_nmae}}" })).success).toBe(false);
  });
});

describe("parseSkus", () => {
  it("takes lines, commas and semicolons, each article once", () => {
    expect(parseSkus(" A-1, A-2\nA-1;\n\nB 3 ")).toEqual(["A-1", "A-2", "B 3"]);
  });
});
