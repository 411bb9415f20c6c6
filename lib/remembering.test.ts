import { describe, expect, it } from "vitest";
import { remembering } from "./remembering";

describe("remembering", () => {
  it("asks once for a key, also where the answer is nothing, and begins anew when it holds too many", () => {
    const asked: string[] = [];
    const find = remembering((key: string) => {
      asked.push(key);
      return key === "a" ? undefined : key.length;
    }, 2);
    expect([find("a"), find("a"), find("bb"), find("bb")]).toEqual([undefined, undefined, 2, 2]);
    expect(asked).toEqual(["a", "bb"]);
    expect([find("ccc"), find("ccc"), find("a")]).toEqual([3, 3, undefined]);
    expect(asked).toEqual(["a", "bb", "ccc", "a"]);
  });

  it("remembers no failure", () => {
    let times = 0;
    const find = remembering(() => {
      times += 1;
      throw new Error("no");
    }, 2);
    expect(() => find("a")).toThrow("no");
    expect(() => find("a")).toThrow("no");
    expect(times).toBe(2);
  });
});
