import { describe, expect, it } from "vitest";
import { allOf } from "./all-of";

describe("allOf", () => {
  it("gives what the calls give, in their order", async () => {
    expect(await allOf([Promise.resolve(1), 2, new Promise<number>((resolve) => setImmediate(() => resolve(3)))])).toEqual([1, 2, 3]);
  });

  it("fails with the first failure, and not before the last call has ended", async () => {
    let hasEnded = false;
    const slow = new Promise<void>((resolve) => {
      setImmediate(() => {
        hasEnded = true;
        resolve();
      });
    });
    await expect(allOf([Promise.reject(new Error("first")), slow, Promise.reject(new Error("second"))])).rejects.toThrow("first");
    expect(hasEnded).toBe(true);
  });
});
