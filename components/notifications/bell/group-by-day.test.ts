import { describe, expect, it } from "vitest";
import type { NoticeView } from "@/server/notifications/schema";
import { groupByDay } from "./group-by-day";

function noticeAt(createdAt: string): NoticeView {
  return {
    noticeId: createdAt,
    kind: "assigned",
    params: {},
    conversationId: null,
    connectionId: null,
    orderId: null,
    target: "/",
    createdAt: new Date(createdAt),
    readAt: null,
  };
}

const days = (zone: string, now: string, ...moments: string[]) =>
  groupByDay(moments.map(noticeAt), zone, new Date(now)).map(({ date, day, notices }) => [date, day, notices.length]);

describe("groupByDay", () => {
  it("counts days by the reader's zone", () => {
    const moments = ["2026-11-21T20:30:00Z", "2026-11-20T21:10:00Z", "2026-11-20T20:50:00Z"];
    expect(days("Europe/Moscow", "2026-11-21T20:40:00Z", ...moments)).toEqual([
      ["2026-11-21", "today", 2],
      ["2026-11-20", "yesterday", 1],
    ]);
    expect(days("America/New_York", "2026-11-21T20:40:00Z", ...moments)).toEqual([
      ["2026-11-21", "today", 1],
      ["2026-11-20", "yesterday", 2],
    ]);
  });

  it("knows yesterday across a change of clocks and the turn of the year", () => {
    expect(days("Europe/Berlin", "2026-10-26T00:30:00Z", "2026-10-25T00:30:00Z")).toEqual([["2026-10-25", "yesterday", 1]]);
    expect(days("UTC", "2027-01-01T10:00:00Z", "2026-12-31T10:00:00Z", "2026-12-30T10:00:00Z")).toEqual([
      ["2026-12-31", "yesterday", 1],
      ["2026-12-30", "earlier", 1],
    ]);
  });
});
