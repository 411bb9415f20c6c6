import { describe, expect, it } from "vitest";
import { wildberriesCredentials } from "./credentials";
import { limitsOf } from "./endpoints";
import { missingPermissions } from "./facts";
import { type Category, decodeToken } from "./token";

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const token = (payload: unknown) => `${encode({ alg: "ES256" })}.${encode(payload)}.c2ln`;
const ALL: readonly Category[] = ["content", "chats", "feedbacks", "finance", "marketplace", "prices", "statistics"];
const TALK: readonly Category[] = ["content", "chats", "feedbacks", "finance"];

describe("a token", () => {
  it.each([
    // The two masks met in the wild (API sheet §1.1): all classic categories, read-only; the same with Users.
    [1_073_757_950, ALL, true],
    [1_073_823_486, ALL, true],
    [1 << 9, ["chats"], false],
    [(1 << 7) + (1 << 13), ["feedbacks", "finance"], false],
    [0, [], false],
    // Above 31 bits: no sign, no wrap.
    [2 ** 40 + (1 << 9), ["chats"], false],
  ] as const)("with mask %i may use %j, read-only %s", (s, categories, isReadOnly) => {
    expect(decodeToken(token({ s, sid: "x" }))).toMatchObject({ categories, isReadOnly });
  });

  it.each([
    [{ acc: 1, t: false }, "base"],
    [{ acc: 2, t: true }, "test"],
    [{ acc: 3, for: "self", t: false }, "personal"],
    [{ acc: 4, for: "asid:1", t: false }, "service"],
    [{ acc: 9 }, "unknown"],
    [{}, "unknown"],
    [{ acc: 3, t: true }, "test"],
  ])("with %j is of type %s", (payload, type) => {
    expect(decodeToken(token({ ...payload, s: 0 }))?.type).toBe(type);
  });

  it("tells seller and end", () => {
    expect(decodeToken(token({ s: 0, sid: "e8923014", exp: 1_798_761_600 }))).toMatchObject({
      sellerId: "e8923014",
      expiresAt: new Date("2027-01-01T00:00:00Z"),
    });
  });

  it.each(["", "abc", "a.b.c", `${encode({})}.${encode({ s: "many" })}.x`, `${encode({})}.${encode([])}.x`])("%s is none", (text) => {
    expect(decodeToken(text)).toBeUndefined();
  });
});

describe("what a person enters", () => {
  const bare = token({ s: 1 });
  it.each([bare, ` ${bare}\n`, `Bearer ${bare}`, `bearer   ${bare}`])("%s is taken without the scheme word", (text) => {
    expect(wildberriesCredentials.parse({ token: text })).toEqual({ token: bare, warehouseId: "" });
  });
  it("may name a warehouse, by its number only", () => {
    expect(wildberriesCredentials.parse({ token: bare, warehouseId: " 1130011 " })).toEqual({ token: bare, warehouseId: "1130011" });
    expect(wildberriesCredentials.safeParse({ token: bare, warehouseId: "Кухня" }).success).toBe(false);
  });
  it.each(["", "Bearer", "abc", `${bare} ${bare}`, "1005001"])("%s is refused", (text) => {
    expect(wildberriesCredentials.safeParse({ token: text }).success).toBe(false);
  });
});

describe("what a token may not", () => {
  const of = (categories: readonly Category[], isReadOnly = false) => missingPermissions({ type: "personal", categories, isReadOnly });
  it("is named by the cabinet's own words", () => {
    expect(of(ALL)).toEqual([]);
    expect(of(ALL.filter((category) => category !== "feedbacks"))).toEqual([
      { capability: "questions", permission: "Вопросы и отзывы" },
      { capability: "reviews", permission: "Вопросы и отзывы" },
    ]);
    expect(of(ALL, true)).toEqual(["send", "order_changes", "stock", "price"].map((capability) => ({ capability, permission: "Чтение и запись" })));
    expect(of(["finance", "content"]).at(-1)).toEqual({ capability: "send", permission: "Чат с покупателями, Вопросы и отзывы" });
    expect(of(TALK)).toEqual([
      { capability: "orders", permission: "Маркетплейс" },
      { capability: "order_changes", permission: "Маркетплейс" },
      { capability: "stock", permission: "Маркетплейс" },
      { capability: "price", permission: "Цены и скидки" },
    ]);
  });
  it("is said once, also where both the category and the right to write are missing", () => {
    const missing = of(TALK, true);
    expect(missing.map(({ capability }) => capability)).toEqual(["orders", "send", "order_changes", "stock", "price"]);
  });
});

describe("limits", () => {
  const of = (type: Parameters<typeof limitsOf>[0], group: string) => limitsOf(type).find((limit) => limit.group === group);
  it("of a personal and a service token are the usual ones, of a base token an hour's crumbs", () => {
    expect(limitsOf("service")).toEqual(limitsOf("personal"));
    expect(of("personal", "events")).toEqual({ group: "events", points: 9, perSeconds: 10 });
    expect(of("personal", "feedbacks")).toEqual({ group: "feedbacks", points: 5, perSeconds: 2 });
    expect(of("base", "events")).toMatchObject({ points: 1 });
    expect(of("base", "events")?.perSeconds).toBeGreaterThanOrEqual(3_600);
    expect(of("base", "feedbacks")?.perSeconds).toBeGreaterThanOrEqual(720);
    expect(of("base", "cards")).toEqual(of("personal", "cards"));
    expect(of("base", "orders")).toEqual(of("personal", "orders"));
    expect(of("base", "prices")).toEqual({ group: "prices", points: 1, perSeconds: 905 });
  });
});
