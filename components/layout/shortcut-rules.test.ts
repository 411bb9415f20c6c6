import { describe, expect, it } from "vitest";
import { conflictsOf, effectiveMap, prefixesOf, problemOf, readOverrides, withKeys } from "./shortcut-rules";
import { nameOfCode, SHORTCUT_IDS, SHORTCUTS, type Shortcut } from "./shortcuts";

const original = effectiveMap({});

describe("the keys as they come", () => {
  it.each(SHORTCUT_IDS)("%s has keys that could have been chosen, and that nothing else has", (id) => {
    const shortcut: Shortcut = SHORTCUTS[id];
    expect(problemOf(id, shortcut.keys)).toBeNull();
    expect(conflictsOf(original, id, shortcut.keys)).toEqual([]);
  });
});

describe("keys somebody wants", () => {
  it.each([
    ["the browser's own", "inbox.reply", ["mod", "t"], "reserved"],
    ["a new private window", "inbox.reply", ["mod", "shift", "n"], "reserved"],
    ["Tab", "inbox.reply", ["tab"], "reserved"],
    ["a letter for what works while typing", "inbox.send", ["y"], "modifier_needed"],
    ["three in a row", "inbox.reply", ["g", "g", "g"], "too_long"],
    ["a modifier alone", "inbox.reply", ["mod"], "empty"],
    ["nothing", "inbox.reply", [], "empty"],
  ] as const)("cannot be %s", (_, id, keys, problem) => {
    expect(problemOf(id, keys)).toBe(problem);
  });

  it("may be a key, a sequence, a combination, or what they were", () => {
    expect([["y"], ["g", "y"], ["shift", "y"], ["mod", "e"], ["r"]].map((keys) => problemOf("inbox.reply", keys))).toEqual([null, null, null, null, null]);
    expect(problemOf("inbox.leave", ["escape"])).toBeNull();
  });

  it("conflict with equal ones and with the beginning of a sequence, not with the same letter under another modifier", () => {
    expect(conflictsOf(original, "inbox.reply", ["j"])).toEqual(["list.next"]);
    expect(conflictsOf(original, "inbox.reply", ["g"])).toContain("go.inbox");
    expect(conflictsOf(original, "inbox.reply", ["j", "j"])).toEqual(["list.next"]);
    expect(conflictsOf(original, "inbox.reply", ["shift", "j"])).toEqual([]);
    expect(conflictsOf(original, "inbox.reply", ["r"])).toEqual([]);
  });

  it("are free once their owner is switched off", () => {
    expect(conflictsOf(effectiveMap({ "list.next": [] }), "inbox.reply", ["j"])).toEqual([]);
  });
});

describe("what a person changed", () => {
  it("is kept only where it differs from how it came", () => {
    const changed = withKeys({}, "inbox.reply", ["y"]);
    expect(changed).toEqual({ "inbox.reply": ["y"] });
    expect(withKeys(changed, "inbox.reply", ["r"])).toEqual({});
    expect(effectiveMap(changed)["inbox.reply"]).toEqual(["y"]);
    expect(effectiveMap(changed)["inbox.note"]).toEqual(["n"]);
  });

  it("decides where sequences begin", () => {
    expect([...prefixesOf(original)]).toEqual(["g"]);
    expect([...prefixesOf(effectiveMap({ "go.home": ["v", "h"] }))].sort()).toEqual(["g", "v"]);
  });

  it("is read without what makes no sense (any more)", () => {
    expect(readOverrides({ "inbox.reply": ["y"], "inbox.note": [], gone: ["q"], "inbox.send": ["y"], "list.next": "j", "list.previous": [1] })).toEqual({
      "inbox.reply": ["y"],
      "inbox.note": [],
    });
    expect([readOverrides(null), readOverrides("x")]).toEqual([{}, {}]);
  });
});

describe("a pressed key", () => {
  it("is named by its place on the keyboard", () => {
    expect(["KeyJ", "Digit4", "Slash", "BracketLeft", "Enter", "ArrowUp"].map(nameOfCode)).toEqual(["j", "4", "/", "[", "enter", "up"]);
    expect(["ShiftLeft", "ControlRight", "F5", ""].map(nameOfCode)).toEqual([null, null, null, null]);
  });
});
