import { describe, expect, it } from "vitest";
import { holds, keyOf, problemOf } from "./expressions";

const scope = { event: { data: { a: 1, s: "x", list: [1, 2], nested: { id: "7" } } }, async: { data: { a: 1, b: 2 } } };

describe("conditions", () => {
  it.each([
    ["event.data.a == async.data.a", true],
    ["event.data.a == async.data.b", false],
    ["event.data.missing == null", true],
    ["event.data.missing.deeper == 1", false],
    ["event.data.missing > 1", false],
    ["has(event.data.a) && !has(event.data.q)", true],
    ["event.data.a > 0.5 && event.data.s.startsWith('x')", true],
    ['event.data.a < 0.5 || event.data.s == "y"', false],
    ["event.data.a in [1, 2]", true],
    ["event.data['s'] == 'x'", true],
    ["event.data.nested.id == string(7)", true],
    ["size(event.data.list) == 2", true],
    ["event.data.a == 1 ? event.data.s == 'x' : false", true],
  ])("%s is %s", (source, expected) => {
    expect(problemOf(source)).toBeUndefined();
    expect(holds(source, scope)).toBe(expected);
  });

  it("reads no inherited property", () => {
    expect(holds("event.data.constructor == null", scope)).toBe(true);
  });
});

describe("keys", () => {
  it("are equal for equal values and empty for a missing field", () => {
    expect(keyOf("event.data.s + '-' + string(event.data.a)", scope)).toBe("x-1");
    expect(keyOf("event.data.nothing", scope)).toBe("");
    expect(keyOf('"account"', scope)).toBe("account");
    expect(keyOf("event.data.nested", scope)).toBe('{"id":"7"}');
  });
});

describe("what is refused", () => {
  it.each([
    ["user.id == 1", 'unknown name "user"'],
    ["event.data.list.map(x, x)", "method .map()"],
    ["now() > 1", "function now()"],
    ["event.data.a % 2 == 0", "operator %"],
  ])("%s: %s", (source, problem) => {
    expect(problemOf(source)).toBe(problem);
  });

  it("is also what cannot be parsed", () => {
    expect(problemOf("event.data.a ==")).toMatch(/Unexpected/);
  });
});
