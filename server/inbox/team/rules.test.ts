import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { availabilityOf, distribute, OFFLINE_AFTER_MS, teamFor } from "./rules";

const now = new Date("2026-11-01T10:00:00Z");
const ago = (ms: number) => new Date(now.getTime() - ms);

describe("availability", () => {
  it("is what the person set while there are signs of life", () => {
    expect(availabilityOf({ availability: "online", lastSeenAt: ago(OFFLINE_AFTER_MS - 1) }, now)).toBe("online");
    expect(availabilityOf({ availability: "away", lastSeenAt: ago(0) }, now)).toBe("away");
    expect(availabilityOf({ availability: "online", lastSeenAt: ago(OFFLINE_AFTER_MS) }, now)).toBe("offline");
    expect(availabilityOf(null, now)).toBe("offline");
  });
});

describe("turns", () => {
  it("go to who was given something longest ago, and around", () => {
    const takers = [
      { userId: "a", room: null, lastAssignedAt: ago(1) },
      { userId: "b", room: null, lastAssignedAt: null },
      { userId: "c", room: 1, lastAssignedAt: ago(2) },
    ];
    expect(distribute(takers, 6)).toEqual(["b", "c", "a", "b", "a", "b"]);
  });

  const taker = fc.record({
    userId: fc.uuid(),
    room: fc.option(fc.integer({ min: 0, max: 6 })),
    lastAssignedAt: fc.option(fc.integer({ min: 0, max: 1_000 }).map(ago)),
  });
  const crew = fc.uniqueArray(taker, { selector: ({ userId }) => userId, maxLength: 6 });

  it("never overfill anybody and leave nothing while somebody has room", () => {
    fc.assert(
      fc.property(crew, fc.integer({ min: 0, max: 40 }), (takers, count) => {
        const given = distribute(takers, count);
        const room = takers.reduce((sum, entry) => sum + (entry.room ?? Number.POSITIVE_INFINITY), 0);
        expect(given).toHaveLength(Math.min(count, room));
        for (const { userId, room: own } of takers) expect(given.filter((id) => id === userId).length).toBeLessThanOrEqual(own ?? count);
      }),
    );
  });

  it("are fair: among those with room left nobody is more than one ahead", () => {
    fc.assert(
      fc.property(crew, fc.integer({ min: 0, max: 40 }), (takers, count) => {
        const given = distribute(takers, count);
        const had = (userId: string) => given.filter((id) => id === userId).length;
        const free = takers.filter(({ userId, room }) => room === null || had(userId) < room).map(({ userId }) => had(userId));
        if (free.length > 1) expect(Math.max(...free) - Math.min(...free)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe("rules", () => {
  const rules = [
    { teamId: "reviews", channels: ["ozon.review", "wildberries.review"], connectionIds: [] },
    { teamId: "second", channels: [], connectionIds: ["shop-2"] },
    { teamId: "rest", channels: [], connectionIds: [] },
  ];
  it("decide in their order", () => {
    expect(teamFor(rules, { channel: "ozon.review", connectionId: "shop-2" })).toBe("reviews");
    expect(teamFor(rules, { channel: "ozon.chat", connectionId: "shop-2" })).toBe("second");
    expect(teamFor(rules, { channel: "ozon.chat", connectionId: "shop-1" })).toBe("rest");
    expect(teamFor([], { channel: "ozon.chat", connectionId: "shop-1" })).toBeNull();
  });
});
