import compile from "icu-minify/compile";
import { describe, expect, it } from "vitest";
import { argumentNames, isMessage, messageAt } from "./parsed-message";

describe("argumentNames", () => {
  it.each([
    ["plain text", []],
    ["it's {a} and {b, number}", ["a", "b"]],
    ["{count, plural, one {# thing} other {# things of {owner}}}", ["count", "owner"]],
    ["{kind, select, a {A} other {B {z, date, short}}}", ["kind", "z"]],
    ["<b>{who}</b> wrote <i>twice, {times}</i>", ["who", "times"]],
  ])("of %s", (text, names) => {
    expect(argumentNames(compile(text))).toEqual(names);
  });
});

describe("messageAt", () => {
  const messages = { errors: { sale: { missing: compile("No sale {id}"), title: "Sale" } } };
  it("finds messages at any depth, and tells them from namespaces and nothing", () => {
    expect(messageAt(messages, "errors.sale.title")).toBe("Sale");
    expect(isMessage(messageAt(messages, "errors.sale.missing"))).toBe(true);
    expect(isMessage(messageAt(messages, "errors.sale"))).toBe(false);
    expect(isMessage(messageAt(messages, "errors.sale.title.deeper"))).toBe(false);
  });
});
