import { describe, expect, it } from "vitest";
import { withCount } from "./title-count";

describe("withCount", () => {
  it("puts the count before the title, once", () => {
    expect(withCount("Inbox · Karavan", 3)).toBe("(3) Inbox · Karavan");
    expect(withCount("(3) Inbox · Karavan", 4)).toBe("(4) Inbox · Karavan");
    expect(withCount("(99+) Inbox · Karavan", 0)).toBe("Inbox · Karavan");
  });

  it("says no more than was counted", () => {
    expect(withCount("Sales", 99)).toBe("(99) Sales");
    expect(withCount("Sales", 100)).toBe("(99+) Sales");
  });
});
