import fc from "fast-check";
import { parseAsArrayOf, parseAsBoolean, parseAsString, parseAsStringLiteral } from "nuqs";
import { describe, expect, it } from "vitest";
import { viewFiltersSchema } from "@/server/views/schema";
import { addressOf, stateOf } from "./view-address";

const TABS = ["all", "waiting"] as const;
const PARSERS = {
  tab: parseAsStringLiteral(TABS).withDefault("all"),
  connection: parseAsString,
  kind: parseAsArrayOf(parseAsStringLiteral(["sale", "return"] as const)).withDefault([]),
  short: parseAsBoolean.withDefault(false),
  q: parseAsString.withDefault(""),
};

const state = fc.record({
  tab: fc.constantFrom(...TABS),
  connection: fc.option(fc.uuid()),
  kind: fc.subarray(["sale", "return"] as ("sale" | "return")[]),
  short: fc.boolean(),
  q: fc.string({ unit: "grapheme", maxLength: 40 }),
});

describe("a view's address", () => {
  it("says every filter, comes back as it was, and is always one the server keeps", () => {
    fc.assert(
      fc.property(state, (given) => {
        const address = addressOf(PARSERS, given);
        expect(stateOf(PARSERS, address)).toEqual(given);
        expect(viewFiltersSchema.safeParse({ page: "orders", address }).success).toBe(true);
      }),
    );
  });

  it("leaves out what is as on the plain page, and forgives what it does not know", () => {
    expect(addressOf(PARSERS, { tab: "all", connection: null, kind: [], short: false, q: "" })).toBe("");
    expect(addressOf(PARSERS, stateOf(PARSERS, "gone=1&q=%D0%9A+2&tab=elsewhere&short=true"))).toBe("short=true&q=%D0%9A+2");
  });
});
