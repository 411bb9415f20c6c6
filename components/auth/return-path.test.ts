import { describe, expect, it } from "vitest";
import { safeReturnPath } from "./return-path";

describe("safeReturnPath", () => {
  it("keeps paths of this house with their query", () => {
    expect(safeReturnPath("/inbox?status=open")).toBe("/inbox?status=open");
  });

  it.each(["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "", "inbox"])("goes home instead of to %j", (back) => {
    expect(safeReturnPath(back)).toBe("/");
  });

  it("does not come back to sign-in", () => {
    expect(safeReturnPath("/sign-in?back=/x")).toBe("/");
    expect(safeReturnPath(undefined)).toBe("/");
  });
});
