import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ChannelRules } from "@/server/integrations/contract/ports";
import { afterQuietHours, decide, isHeldOut, isMeant, ruleWarnings, type SendQuestion } from "./rules";

const at = (text: string) => new Date(text);

describe("quiet hours", () => {
  const night = { from: "21:00", to: "09:00" };
  it.each([
    ["2026-11-06T17:59:00Z", "2026-11-06T17:59:00Z", "before them"],
    ["2026-11-06T18:00:00Z", "2026-11-07T06:00:00Z", "at their beginning"],
    ["2026-11-06T21:30:00Z", "2026-11-07T06:00:00Z", "after midnight"],
    ["2026-11-07T06:00:00Z", "2026-11-07T06:00:00Z", "at their end"],
  ])("%s in Moscow goes at %s (%s)", (now, then) => {
    expect(afterQuietHours(night, "Europe/Moscow", at(now))).toEqual(at(then));
  });

  it("end at nine by the wall, also in the night the clocks change", () => {
    expect(afterQuietHours(night, "Europe/Kyiv", at("2026-03-28T22:00:00Z"))).toEqual(at("2026-03-29T06:00:00Z"));
    expect(afterQuietHours(night, "Europe/Kyiv", at("2026-10-24T22:00:00Z"))).toEqual(at("2026-10-25T07:00:00Z"));
  });

  it("may lie within one day, or be none", () => {
    expect(afterQuietHours({ from: "13:00", to: "14:00" }, "UTC", at("2026-11-06T13:20:00Z"))).toEqual(at("2026-11-06T14:00:00Z"));
    expect(afterQuietHours({ from: "00:00", to: "00:00" }, "UTC", at("2026-11-06T00:00:00Z"))).toEqual(at("2026-11-06T00:00:00Z"));
  });

  it("are over at the moment they end, for any range, zone and moment", () => {
    const time = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map(([h, m]) => `${String(h).padStart(2, "0")}:${String(m).padStart(2, "0")}`);
    const zone = fc.constantFrom("Europe/Moscow", "Europe/Kyiv", "Europe/Istanbul", "America/Sao_Paulo", "UTC");
    const moment = fc.date({ min: at("2026-01-01"), max: at("2027-12-31"), noInvalidDate: true });
    fc.assert(
      fc.property(time, time, zone, moment, (from, to, timeZone, now) => {
        const then = afterQuietHours({ from, to }, timeZone, now);
        expect(then.getTime()).toBeGreaterThanOrEqual(now.getTime());
        expect(then.getTime() - now.getTime()).toBeLessThanOrEqual(26 * 3_600_000);
        expect(afterQuietHours({ from, to }, timeZone, then)).toEqual(then);
      }),
    );
  });
});

it("holds out about the share it was told, always the same buyers, and others for another rule", () => {
  const buyers = Array.from({ length: 2_000 }, (_, index) => `buyer-${index}`);
  const held = buyers.filter((buyer) => isHeldOut("rule-1", buyer, 20));
  expect(held.length).toBeGreaterThan(320);
  expect(held.length).toBeLessThan(480);
  expect(buyers.filter((buyer) => isHeldOut("rule-1", buyer, 20))).toEqual(held);
  expect(buyers.filter((buyer) => isHeldOut("rule-2", buyer, 20))).not.toEqual(held);
  expect(buyers.some((buyer) => isHeldOut("rule-1", buyer, 0))).toBe(false);
});

const channel = (fields: Partial<ChannelRules>): ChannelRules => ({
  channel: "x.chat",
  kind: "chat",
  stream: "chats",
  minTextLength: 1,
  maxTextLength: 1_000,
  files: { allowed: false, maxBytes: 0, types: [] },
  starts: [],
  windows: [],
  actions: [],
  isModerated: false,
  deliveryStates: [],
  source: "",
  ...fields,
});

describe("what a rule cannot do", () => {
  const windows = [
    { code: "a", from: "last_buyer_message" as const, hours: 48 },
    { code: "b", from: "order_delivered" as const, hours: 72 },
  ];
  const conditions = { channels: [], connectionIds: [], labelIds: [], skus: [] };
  const warn = (delayDays: number, fields: Partial<ChannelRules>, channels: string[] = []) =>
    ruleWarnings({ delayDays, trigger: "resolved", conditions: { ...conditions, channels } }, [channel(fields)]).map(({ code }) => code);

  it("is said before anyone relies on it", () => {
    expect(warn(7, { windows })).toEqual(["window_too_short"]);
    expect(warn(3, { windows })).toEqual(["window_conditional"]);
    expect(warn(1, { windows })).toEqual([]);
    expect(warn(30, {})).toEqual([]);
    expect(warn(1, { maxAnswers: 1 })).toEqual(["only_answers"]);
    expect(warn(7, { windows }, ["y.chat"])).toEqual([]);
  });
});

it("means what its conditions name, and everything where they name nothing", () => {
  const occasion = { channel: "x.chat", connectionId: "c1", labelIds: ["l1"], sku: null };
  const none = { channels: [], connectionIds: [], labelIds: [], skus: [] };
  expect(isMeant(none, occasion)).toBe(true);
  expect(isMeant({ ...none, channels: ["x.chat"], labelIds: ["l1", "l2"] }, occasion)).toBe(true);
  expect(isMeant({ ...none, labelIds: ["l2"] }, occasion)).toBe(false);
  expect(isMeant({ ...none, skus: ["1"] }, occasion)).toBe(false);
});

describe("at the moment of sending", () => {
  const rule = { id: "r", isActive: true, quietHours: { from: "21:00", to: "09:00" }, frequencyCapDays: 14, holdoutPercent: 0 };
  const question: SendQuestion = {
    now: at("2026-11-06T12:00:00Z"),
    plannedAt: at("2026-11-03T12:00:00Z"),
    status: "resolved",
    waitingSince: null,
    lastBuyerMessageAt: at("2026-11-03T10:00:00Z"),
    writeState: { open: true },
    rule,
    timeZone: "Europe/Moscow",
    lastFollowUpAt: null,
    buyerKey: "b",
    isProductOffered: true,
  };
  it.each<[string, Partial<SendQuestion>, unknown]>([
    ["sends", {}, { do: "send" }],
    ["is cancelled by a buyer who wrote", { lastBuyerMessageAt: at("2026-11-04T00:00:00Z") }, { do: "cancelled", code: "buyer_wrote" }],
    ["leaves a buyer who waits to a person", { waitingSince: at("2026-11-03T09:00:00Z") }, { do: "skipped", code: "buyer_waiting" }],
    ["respects a closed chat", { status: "closed" }, { do: "skipped", code: "conversation_closed" }],
    [
      "respects the window",
      { writeState: { open: false, code: "window_reply", params: { hours: 48 } } },
      { do: "skipped", code: "closed.window_reply", params: { hours: 48 } },
    ],
    ["respects a rule that was switched off", { rule: { ...rule, isActive: false } }, { do: "skipped", code: "rule_inactive" }],
    ["respects the cap", { lastFollowUpAt: at("2026-10-30T12:00:00Z") }, { do: "skipped", code: "frequency_cap", params: { days: 14 } }],
    ["forgets an old one", { lastFollowUpAt: at("2026-10-20T12:00:00Z") }, { do: "send" }],
    ["does not recommend what is gone", { isProductOffered: false }, { do: "skipped", code: "product_gone" }],
    ["holds out", { rule: { ...rule, holdoutPercent: 100 } }, { do: "held_out", code: "holdout" }],
    ["waits for the morning", { now: at("2026-11-06T20:00:00Z") }, { do: "wait", until: at("2026-11-07T06:00:00Z") }],
    [
      "does not wait past the channel's window",
      { now: at("2026-11-06T20:00:00Z"), writeState: { open: true, until: at("2026-11-07T06:30:00Z") } },
      { do: "skipped", code: "window_in_quiet_hours" },
    ],
    [
      "a person's reminder asks the channel, the buyer and the night only",
      { rule: null, lastFollowUpAt: at("2026-11-06T11:00:00Z"), isProductOffered: false },
      { do: "send" },
    ],
  ])("%s", (_name, change, decision) => {
    expect(decide({ ...question, ...change })).toEqual(decision);
  });
});
