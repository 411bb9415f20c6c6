import { describe, expect, it } from "vitest";
import { storableJson } from "./storable-json";

describe("storableJson", () => {
  it("cuts what PostgreSQL refuses out of every string, however deep", () => {
    expect(JSON.parse(storableJson({ a: ["x\u0000y", { b: "\ud83d" }] }))).toEqual({ a: ["xy", { b: "\ufffd" }] });
  });

  it("leaves everything else as it is", () => {
    const value = { text: "two \\u0000 backslashes, 😀", n: 1, nothing: null };
    expect(JSON.parse(storableJson(value))).toEqual(value);
    expect(storableJson(undefined)).toBe("null");
  });
});
