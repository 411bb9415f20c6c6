import { describe, expect, it } from "vitest";
import { matchCommand } from "./command-match";

const match = (typed: string, ...texts: string[]) => matchCommand("id", typed, texts);

describe("a command for what was typed", () => {
  it("must hold every word, not the letters scattered", () => {
    expect(match("sales", "Select all shown", "Conversation")).toBe(0);
    expect(match("go sales", "Sales", "Go to")).toBeGreaterThan(0);
    expect(match("go moon", "Sales", "Go to")).toBe(0);
  });

  it("fits best by the beginning of its name, then of a word, then anywhere", () => {
    const scores = [match("sal", "Sales", "Go to"), match("to", "Sales", "Go to"), match("ales", "Sales", "Go to")];
    expect(scores).toEqual([...scores].sort((one, other) => other - one));
    expect(new Set(scores).size).toBe(3);
  });

  it("does not mind capitals of any alphabet", () => {
    expect(match("ВХОДЯЩИЕ", "Входящие")).toBe(1);
  });
});
