import { describe, expect, it } from "vitest";
import { measure } from "./effect";

describe("measure", () => {
  it("compares nothing with nobody", () => {
    expect(measure({ sent: 40, sentAnswered: 10, heldOut: 0, heldOutAnswered: 0 })).toEqual({
      sentRate: 0.25,
      heldOutRate: null,
      points: null,
      verdict: "none",
    });
  });

  it("does not judge by a few", () => {
    expect(measure({ sent: 100, sentAnswered: 90, heldOut: 10, heldOutAnswered: 0 }).verdict).toBe("few");
  });

  it("takes a small difference for chance and a large one for an effect", () => {
    expect(measure({ sent: 300, sentAnswered: 66, heldOut: 60, heldOutAnswered: 12 }).verdict).toBe("unclear");
    const large = measure({ sent: 900, sentAnswered: 270, heldOut: 100, heldOutAnswered: 12 });
    expect(large.verdict).toBe("clear");
    expect(large.points).toBeCloseTo(18);
  });

  it("sees no effect where nobody or everybody answered", () => {
    expect(measure({ sent: 50, sentAnswered: 0, heldOut: 50, heldOutAnswered: 0 }).verdict).toBe("unclear");
  });
});
