import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ChannelOffer, claimOf, type Held, heldAfter, heldPieces, normaliseArticle, previousStock, pushBackoffMs, wantedStock, wishesOf } from "./rules";

const NOW = new Date("2026-11-20T10:00:00Z");
const ago = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);

describe("normaliseArticle", () => {
  it("forgets what people type differently", () => {
    expect(normaliseArticle("  AB-1\u00A0 Red ")).toBe("ab-1 red");
    expect(normaliseArticle("ＡＢ１")).toBe("ab1");
    expect(normaliseArticle("   ")).toBeNull();
    expect(normaliseArticle(undefined)).toBeNull();
  });
  it("is the same when done twice", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const once = normaliseArticle(text);
        expect(normaliseArticle(once)).toBe(once);
      }),
    );
  });
});

describe("what an order claims", () => {
  it("only of our own warehouse", () => {
    expect(claimOf("new", "fbs")).toBe("hold");
    expect(claimOf("packed", "dbs")).toBe("hold");
    expect(claimOf("delivered", "own")).toBe("left");
    expect(claimOf("cancelled", "fbs")).toBe("free");
    expect(claimOf("new", "fbo")).toBe("free");
    expect(claimOf("new", "other")).toBe("free");
    expect(claimOf("unknown", "fbs")).toBe("keep");
  });
});

const held: Held = { state: "held", variantId: "v", quantity: 2, reservedAt: ago(5) };
const news = { claim: "hold", quantity: 2, variantId: "v", leftAt: null, countedAt: null } as const;

describe("heldAfter", () => {
  it("holds what is ordered and keeps its place in the line when the quantity changes", () => {
    expect(heldAfter(null, news, NOW)).toEqual({ state: "held", variantId: "v", quantity: 2, reservedAt: NOW });
    expect(heldAfter(held, { ...news, quantity: 5 }, NOW)).toEqual({ ...held, quantity: 5 });
  });
  it("remembers a line nobody can match, and holds it when somebody can", () => {
    const waiting = heldAfter(null, { ...news, variantId: null }, ago(3));
    expect(waiting).toMatchObject({ state: "waiting", variantId: null });
    expect(heldAfter(waiting, news, NOW)).toMatchObject({ state: "held", variantId: "v", reservedAt: ago(3) });
  });
  it("takes it from the shelf once, and a late word about an earlier state brings nothing back", () => {
    const shipped = heldAfter(held, { ...news, claim: "left" }, NOW);
    expect(shipped).toMatchObject({ state: "shipped", quantity: 2 });
    for (const claim of ["hold", "free", "left", "keep"] as const) expect(heldAfter(shipped, { ...news, claim }, NOW)).toBe(shipped);
  });
  it("a cancelled order gives its pieces back, and takes them again when it lives after all", () => {
    const released = heldAfter(held, { ...news, claim: "free" }, NOW);
    expect(heldPieces(released)).toBe(0);
    expect(heldAfter(released, news, NOW)).toMatchObject({ state: "held", reservedAt: NOW });
    expect(heldAfter(held, { ...news, quantity: 0 }, NOW)).toMatchObject({ state: "released" });
  });
  it("history takes nothing from today's shelf; what left after the count does", () => {
    expect(heldAfter(null, { ...news, claim: "left" }, NOW)).toBeNull();
    expect(heldAfter(null, { ...news, claim: "left", leftAt: ago(60), countedAt: ago(30) }, NOW)).toBeNull();
    expect(heldAfter(null, { ...news, claim: "left", leftAt: ago(10), countedAt: ago(30) }, NOW)).toMatchObject({ state: "shipped" });
  });
  it("a word that means nothing to us changes nothing", () => {
    expect(heldAfter(held, { ...news, claim: "keep", quantity: 9 }, NOW)).toBe(held);
  });
});

describe("wantedStock", () => {
  it("never promises more than there is, nor less than nothing", () => {
    fc.assert(
      fc.property(fc.nat(1_000), fc.nat(1_000), fc.option(fc.nat(1_000)), fc.nat(1_000), (available, buffer, cap, holdBack) => {
        const wanted = wantedStock(available, { buffer, cap }, holdBack) ?? -1;
        expect(wanted).toBeGreaterThanOrEqual(0);
        expect(wanted).toBeLessThanOrEqual(Math.max(0, available - buffer));
        expect(wanted).toBeLessThanOrEqual(cap ?? Number.POSITIVE_INFINITY);
      }),
    );
  });
  it("says nothing of what nobody counts", () => expect(wantedStock(null, { buffer: 0, cap: null })).toBeNull());
});

const offer = (listingId: string, more: Partial<ChannelOffer> = {}): ChannelOffer => ({
  listingId,
  connectionId: `c-${listingId}`,
  isPushed: true,
  limits: { buffer: 0, cap: null },
  turnover: 100,
  acknowledged: 10,
  ...more,
});

describe("the turnover guard", () => {
  const shelf = { onHand: 10, reserved: 2 };
  it("holds back on the others what a channel sold while it still shows more than there is", () => {
    const wishes = wishesOf(shelf, [offer("a"), offer("b")], new Map([["c-a", 2]]));
    expect(Object.fromEntries(wishes)).toEqual({ a: 8, b: 6 });
  });
  it("ends when the channel has acknowledged less", () => {
    const wishes = wishesOf(shelf, [offer("a", { acknowledged: 8 }), offer("b")], new Map([["c-a", 2]]));
    expect(Object.fromEntries(wishes)).toEqual({ a: 8, b: 8 });
  });
  it("keeps to the share, rounded towards care", () => {
    const wishes = wishesOf(shelf, [offer("a"), offer("b", { turnover: 25 })], new Map([["c-a", 2]]));
    expect(wishes.get("b")).toBe(7);
    expect(wishesOf(shelf, [offer("a"), offer("b", { turnover: 0 })], new Map([["c-a", 2]])).get("b")).toBe(8);
  });
  it("asks nothing of channels Karavan does not write", () => {
    const wishes = wishesOf(shelf, [offer("a", { isPushed: false }), offer("b")], new Map([["c-a", 2]]));
    expect(Object.fromEntries(wishes)).toEqual({ a: null, b: 8 });
  });
});

it("what a service shows is the newer of its answer and its telling", () => {
  const known = { ackedStock: 5, ackedAt: ago(10), remoteStock: 7, toldAt: ago(5) };
  expect(previousStock(known)).toBe(7);
  expect(previousStock({ ...known, toldAt: ago(20) })).toBe(5);
  expect(previousStock({ ...known, remoteStock: null })).toBe(5);
  expect(previousStock({ ackedStock: null, ackedAt: null, remoteStock: null, toldAt: null })).toBeNull();
});

it("waits longer each time, never longer than ten minutes unless the service asks", () => {
  expect([1, 2, 3, 30].map((attempt) => pushBackoffMs(attempt))).toEqual([5_000, 10_000, 20_000, 600_000]);
  expect(pushBackoffMs(1, 900_000)).toBe(900_000);
});
