import { describe, expect, it } from "vitest";
import { AppError, conflict, describeError, forbidden, invalid, notFound } from "./errors";

describe("AppError", () => {
  it("carries code, status, parameters and cause", () => {
    const cause = new Error("inner");
    const error = new AppError("thing.failed", { params: { name: "x" }, retryable: true, status: 503, cause });
    expect(error).toMatchObject({
      name: "AppError",
      message: "thing.failed",
      code: "thing.failed",
      params: { name: "x" },
      retryable: true,
      status: 503,
      cause,
    });
    expect(new AppError("plain")).toMatchObject({ params: {}, retryable: false, status: 500 });
    expect("cause" in new AppError("plain")).toBe(false);
  });

  it.each([
    [notFound, 404],
    [forbidden, 403],
    [invalid, 400],
    [conflict, 409],
  ] as const)("has shorthands", (make, status) => {
    expect(make("code", { id: 1 })).toMatchObject({ status, params: { id: 1 }, retryable: false });
  });
});

describe("describeError", () => {
  it("tells about anything that was thrown", () => {
    expect(describeError(new AppError("a.b"))).toEqual({ name: "AppError", message: "a.b", code: "a.b" });
    expect(describeError(new TypeError("bad"))).toEqual({ name: "TypeError", message: "bad" });
    expect(describeError("text")).toEqual({ name: "NonError", message: "text" });
    expect(describeError(undefined)).toEqual({ name: "NonError", message: "undefined" });
  });
});
