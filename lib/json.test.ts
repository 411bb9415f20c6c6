import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseJson, RawInteger, stringifyJson } from "./json";

describe("parseJson", () => {
  it("reads what JSON.parse reads, as long as no digits are at stake", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        fc.pre(!/(?<![.\d])\d{16,}(?![.\d])/.test(text));
        expect(parseJson(text)).toEqual(JSON.parse(text));
        // A long integer beside it takes the other road.
        expect(parseJson(`[9007199254740993,${text}]`)).toEqual(["9007199254740993", JSON.parse(text)]);
      }),
    );
  });

  it("keeps every digit of integers of any size", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n }), (value) => {
        const parsed = parseJson(`{"id":${value}}`) as { id: unknown };
        const safe = value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER);
        expect(typeof parsed.id).toBe(safe ? "number" : "string");
        expect(BigInt(parsed.id as string | number)).toBe(value);
      }),
    );
  });

  it.each(["1", "9007199254740993"])("gives nobody a prototype of their choice (%s)", (id) => {
    const parsed = parseJson(`{"id":${id},"__proto__":{"isAdmin":true},"constructor":1}`) as Record<string, unknown>;
    expect(parsed["isAdmin"]).toBeUndefined();
    expect(({} as Record<string, unknown>)["isAdmin"]).toBeUndefined();
  });

  it.each(["1", "9007199254740993"])("lets the last of repeated keys count (%s)", (id) => {
    expect(parseJson(`{"id":${id},"a":1,"a":2}`)).toMatchObject({ a: 2 });
  });

  it("finds long integers wherever they stand", () => {
    expect(parseJson(" -9007199254740993 ")).toBe("-9007199254740993");
    expect(parseJson('{"a" : \n 9007199254740993, "b":[1 , 9007199254740993],"c":9007199254740991}')).toEqual({
      a: "9007199254740993",
      b: [1, "9007199254740993"],
      c: 9007199254740991,
    });
  });

  it("refuses bottomless nesting as it refuses other nonsense", () => {
    expect(() => parseJson(`${"[".repeat(200_000)}9007199254740993`)).toThrow(SyntaxError);
  });

  it.each(["", "{", '{"a":1,}', "NaN", "undefined", "{'a':1}", "[1] 2", "<html>"])("refuses %j", (text) => {
    expect(() => parseJson(text)).toThrow(SyntaxError);
  });
});

describe("stringifyJson", () => {
  it("writes raw integers and bigints bare, so that they survive the way there and back", () => {
    fc.assert(
      fc.property(fc.bigInt(), (value) => {
        const digits = value.toString();
        expect(stringifyJson({ raw: new RawInteger(digits), big: value })).toBe(`{"raw":${digits},"big":${digits}}`);
      }),
    );
  });

  it("agrees with JSON.stringify otherwise", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(stringifyJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it("refuses what has no JSON form", () => {
    expect(() => stringifyJson(undefined)).toThrow(TypeError);
    expect(() => new RawInteger("12.5")).toThrow(TypeError);
    expect(() => new RawInteger('1, "admin": true')).toThrow(TypeError);
  });
});
