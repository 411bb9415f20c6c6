import { describe, expect, it } from "vitest";
import { fixedClock } from "./clock";
import { currentRequestId, withRequestId } from "./logger";

describe("withRequestId", () => {
  it("holds through asynchronous work and ends with it", async () => {
    const seen = await withRequestId("request-1", async () => {
      await new Promise((resolve) => setImmediate(resolve));
      return currentRequestId();
    });
    expect(seen).toBe("request-1");
    expect(currentRequestId()).toBeUndefined();
  });

  it("keeps neighbours apart", async () => {
    const both = await Promise.all(
      ["request-a", "request-b"].map((id) =>
        withRequestId(id, async () => {
          await new Promise((resolve) => setImmediate(resolve));
          return currentRequestId();
        }),
      ),
    );
    expect(both).toEqual(["request-a", "request-b"]);
  });

  it.each([null, undefined, "", "short", 'with "quotes" and\nlines'])("makes its own instead of %j", (given) => {
    expect(withRequestId(given, currentRequestId)).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe("fixedClock", () => {
  it("gives nobody a date that others share", () => {
    const clock = fixedClock(new Date(0));
    clock.now().setFullYear(2000);
    expect(clock.now().getTime()).toBe(0);
  });
});
