import { describe, expect, it } from "vitest";
import type { WriteStateInput } from "../../contract/ports";
import { ENDPOINTS } from "./endpoints";
import { QUESTION_CHANNEL, REVIEW_CHANNEL } from "./feedback-mapper";
import { CHANNEL } from "./mapper";
import { writeState } from "./write-window";

const now = new Date("2026-11-21T12:00:00Z");
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000);
const plus = { subscription: "PREMIUM_PLUS", methods: [ENDPOINTS.sendMessage] };

type Case = Pick<WriteStateInput, "remoteStatus" | "lastBuyerMessageAt" | "order">;
const inChat = (known: Case): WriteStateInput => ({ channel: CHANNEL, answers: 1, createdAt: hoursAgo(1_000), now, ...known });

const table: readonly [string, Readonly<Record<string, unknown>>, Case, string][] = [
  ["a closed chat", plus, { remoteStatus: "closed", lastBuyerMessageAt: hoursAgo(1) }, "chat_closed"],
  ["no subscription", { ...plus, subscription: "UNSPECIFIED" }, { remoteStatus: "open", lastBuyerMessageAt: hoursAgo(1) }, "subscription"],
  ["Premium Lite", { ...plus, subscription: "PREMIUM_LITE" }, { remoteStatus: "open", lastBuyerMessageAt: hoursAgo(1) }, "subscription"],
  ["Premium Pro", { ...plus, subscription: "PREMIUM_PRO" }, { remoteStatus: "open", lastBuyerMessageAt: hoursAgo(1) }, "open"],
  ["a subscription nobody tells", { methods: [ENDPOINTS.sendMessage] }, { remoteStatus: "open", lastBuyerMessageAt: hoursAgo(1) }, "open"],
  ["a key without the method", { ...plus, methods: [] }, { remoteStatus: "open", lastBuyerMessageAt: hoursAgo(1) }, "permission"],
  ["facts not learnt yet", {}, { remoteStatus: "unknown", lastBuyerMessageAt: hoursAgo(1) }, "open"],
  ["FBO, 47 h after the buyer", plus, { remoteStatus: "open", lastBuyerMessageAt: hoursAgo(47), order: { schema: "fbo", paidAt: hoursAgo(60) } }, "open"],
  ["FBO, exactly 48 h", plus, { remoteStatus: "open", lastBuyerMessageAt: hoursAgo(48), order: { schema: "fbo" } }, "open"],
  [
    "FBO, 49 h after the buyer",
    plus,
    { remoteStatus: "open", lastBuyerMessageAt: hoursAgo(49), order: { schema: "fbo", paidAt: hoursAgo(60) } },
    "window_reply",
  ],
  ["no order known, 49 h", plus, { remoteStatus: "open", lastBuyerMessageAt: hoursAgo(49) }, "window_reply"],
  ["nothing known at all", plus, { remoteStatus: "open" }, "window_reply"],
  ["FBS paid, not delivered", plus, { remoteStatus: "open", order: { schema: "fbs", paidAt: hoursAgo(200) } }, "open"],
  ["rFBS delivered 71 h ago", plus, { remoteStatus: "open", order: { schema: "rfbs", paidAt: hoursAgo(200), deliveredAt: hoursAgo(71) } }, "open"],
  [
    "FBS delivered 73 h ago",
    plus,
    { remoteStatus: "open", lastBuyerMessageAt: hoursAgo(100), order: { schema: "fbs", paidAt: hoursAgo(200), deliveredAt: hoursAgo(73) } },
    "window_after_delivery",
  ],
  [
    "FBS delivered long ago, buyer wrote",
    plus,
    { remoteStatus: "open", lastBuyerMessageAt: hoursAgo(2), order: { schema: "fbs", paidAt: hoursAgo(900), deliveredAt: hoursAgo(700) } },
    "open",
  ],
  ["FBS not paid", plus, { remoteStatus: "open", order: { schema: "fbs" } }, "unpaid"],
  ["a buyer's message from the future (clock jump)", plus, { remoteStatus: "open", lastBuyerMessageAt: hoursAgo(-5) }, "open"],
];

describe("who may write when", () => {
  it.each(table)("%s", (_, facts, input, expected) => {
    const state = writeState(facts, inChat(input));
    expect(state.open ? "open" : state.code).toBe(expected);
  });

  it("says until when: the later of the two windows", () => {
    const state = writeState(
      plus,
      inChat({ remoteStatus: "open", lastBuyerMessageAt: hoursAgo(10), order: { schema: "fbs", paidAt: hoursAgo(200), deliveredAt: hoursAgo(40) } }),
    );
    expect(state).toEqual({ open: true, until: new Date(now.getTime() + 38 * 3_600_000) });
  });
});

describe("who may answer questions and reviews", () => {
  const at = (channel: string): WriteStateInput => ({ ...inChat({ remoteStatus: "closed" }), channel });

  it.each([
    [QUESTION_CHANNEL, {}, "open"],
    [REVIEW_CHANNEL, {}, "open"],
    [QUESTION_CHANNEL, { unsubscribed: ["questions"] }, "questions_subscription"],
    [REVIEW_CHANNEL, { unsubscribed: ["reviews"] }, "reviews_subscription"],
    [REVIEW_CHANNEL, { unsubscribed: ["questions"] }, "open"],
    [QUESTION_CHANNEL, { methods: [ENDPOINTS.commentCreate] }, "permission"],
    [REVIEW_CHANNEL, { methods: [ENDPOINTS.commentCreate] }, "open"],
  ])("%s with %j: %s", (channel, facts, expected) => {
    const state = writeState(facts, at(channel));
    expect(state.open ? "open" : state.code).toBe(expected);
  });
});
