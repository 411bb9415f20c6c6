import { describe, expect, it } from "vitest";
import { sendingOutlook, sendMessage } from "@/server/inbox/index";
import { conversationOf, makeInbox, poll, settle, type TestInbox } from "@/server/inbox/testing/make-inbox";
import { db } from "@/server/platform/db";
import { inWorkspace } from "@/server/platform/transaction";
import { listFollowUps, readEffect } from "./list-follow-ups";
import { listRules, removeRule, saveRule } from "./manage-rules";
import { cancelFollowUp, heedBuyer, planFollowUps, remindBuyer } from "./plan-follow-ups";
import type { FollowUpRuleFields } from "./schema";
import { type FollowUpDeps, sendFollowUp, sweepFollowUps } from "./send-follow-up";
import { tryRule } from "./try-rule";

const DAY = 86_400_000;
const ACTOR = { kind: "system" };

const RULE: FollowUpRuleFields = {
  name: "Всё ли подошло",
  kind: "after_resolve",
  isActive: true,
  trigger: "resolved",
  delayDays: 3,
  conditions: { channels: [], connectionIds: [], labelIds: [], skus: [] },
  text: "{{buyer_name|Здравствуйте}}, всё ли подошло?",
  quietHours: { from: "00:00", to: "00:00" },
  frequencyCapDays: 14,
  holdoutPercent: 0,
};

async function resolved(): Promise<TestInbox & { conversationId: string; sending: FollowUpDeps }> {
  const inbox = await makeInbox();
  inbox.service.says("buyer", "Спасибо");
  await poll(inbox);
  const { id } = await conversationOf(inbox);
  // Rows carry the database's own clock: the story begins there.
  inbox.clock.pass(Math.max(0, Date.now() - inbox.clock.now().getTime()));
  await db.conversation.update({ where: { id }, data: { status: "resolved", waitingSince: null } });
  const { gateway } = inbox.service;
  return {
    ...inbox,
    conversationId: id,
    sending: {
      clock: inbox.clock,
      outlook: (scope, conversationId) => sendingOutlook(scope, conversationId, { gateway, clock: inbox.clock }),
      send: (workspaceId, sender, input) => sendMessage(workspaceId, sender, input, inbox.sendDeps),
    },
  };
}

type Story = Awaited<ReturnType<typeof resolved>>;
const eyes = (story: Story) => ({ userId: story.userId, role: "admin" as const, scope: "all" as const, teamIds: [] });
const rule = (story: Story, change: Partial<FollowUpRuleFields> = {}) =>
  inWorkspace(story.workspaceId, (scope) => saveRule(scope, ACTOR, { ...RULE, ...change }));
const plan = (story: Story) =>
  planFollowUps({ workspaceId: story.workspaceId, conversationId: story.conversationId, trigger: "resolved", at: story.clock.now() });
const log = async (story: Story) => (await inWorkspace(story.workspaceId, (scope) => listFollowUps(scope, eyes(story), { limit: 50 }))).followUps;

async function decideAll(story: Story) {
  for (const { id } of await log(story)) await sendFollowUp({ workspaceId: story.workspaceId, followUpId: id }, story.sending);
  await settle(story);
  return (await log(story)).map(({ status, reasonCode }) => (reasonCode === null ? status : `${status}: ${reasonCode}`));
}

describe("a rule", () => {
  it("writes into the conversation when its days are over, once", async () => {
    const story = await resolved();
    await rule(story);
    const at = story.clock.now();
    const twice = { workspaceId: story.workspaceId, conversationId: story.conversationId, trigger: "resolved" as const, at };
    expect(await Promise.all([planFollowUps(twice), planFollowUps(twice)])).toEqual(expect.arrayContaining([{ planned: 1 }, { planned: 0 }]));
    expect(await decideAll(story)).toEqual(["scheduled"]);
    story.clock.pass(3 * DAY);
    expect(await decideAll(story)).toEqual(["sent"]);
    expect(await decideAll(story)).toEqual(["sent"]);
    expect(story.service.sellerTexts()).toEqual(["Здравствуйте, всё ли подошло?"]);
    expect(await db.message.findFirstOrThrow({ where: { conversationId: story.conversationId, side: "seller" } })).toMatchObject({
      origin: "follow_up",
      authorUserId: null,
    });
  });

  it("is dropped by a buyer who writes, in the database first", async () => {
    const story = await resolved();
    await rule(story);
    await plan(story);
    expect(await heedBuyer(story)).toEqual({ cancelled: 1 });
    story.clock.pass(4 * DAY);
    expect(await decideAll(story)).toEqual(["cancelled: buyer_wrote"]);
    expect(story.service.sellerTexts()).toEqual([]);
  });

  it("notices a buyer's message nobody told it of", async () => {
    const story = await resolved();
    await rule(story);
    await plan(story);
    story.clock.pass(2 * DAY);
    story.service.says("buyer", "А где чек?");
    await poll(story);
    story.clock.pass(2 * DAY);
    expect(await decideAll(story)).toEqual(["cancelled: buyer_wrote"]);
  });

  it.each<[string, Partial<FollowUpRuleFields>, string]>([
    ["off-limits words", { text: "Пишите в телеграм @shop_best" }, "skipped: inbox.guard_blocked"],
    ["a hole in the text", { text: "Заказ {{order_number}} у вас?" }, "skipped: missing_values"],
    ["being switched off meanwhile", {}, "skipped: rule_inactive"],
    ["a held out buyer", { holdoutPercent: 50 }, ""],
  ])("does not write: %s", async (name, change, outcome) => {
    const story = await resolved();
    const { id } = await rule(story, change);
    await plan(story);
    if (name.startsWith("being")) await inWorkspace(story.workspaceId, (scope) => saveRule(scope, ACTOR, { ...RULE, ruleId: id, isActive: false }));
    story.clock.pass(4 * DAY);
    const [became] = await decideAll(story);
    // Which half of the buyers this one is in is drawn by its name.
    if (outcome === "") expect(["sent", "held_out: holdout"]).toContain(became);
    else expect(became).toBe(outcome);
    expect(story.service.sellerTexts()).toHaveLength(became === "sent" ? 1 : 0);
  });

  it("writes to nobody twice within the cap, whatever rules there are", async () => {
    const story = await resolved();
    await rule(story);
    await rule(story, { name: "Ещё одно", kind: "cross_sell", delayDays: 7 });
    await plan(story);
    story.clock.pass(3 * DAY);
    await decideAll(story);
    story.clock.pass(5 * DAY);
    expect((await decideAll(story)).sort()).toEqual(["sent", "skipped: frequency_cap"]);
  });

  it("means only what its conditions name, and means nothing after it was removed", async () => {
    const story = await resolved();
    await rule(story, { conditions: { ...RULE.conditions, channels: ["other.chat"] } });
    expect(await plan(story)).toEqual({ planned: 0 });
    const { id } = await rule(story);
    await inWorkspace(story.workspaceId, (scope) => removeRule(scope, ACTOR, id));
    expect(await plan(story)).toEqual({ planned: 0 });
    expect((await inWorkspace(story.workspaceId, listRules)).rules).toHaveLength(1);
  });

  it("says beforehand what cannot work", async () => {
    const story = await resolved();
    const { warnings } = await rule(story, { delayDays: 14, text: "Звоните +7 912 345-67-89", conditions: { ...RULE.conditions, channels: ["ozon.chat"] } });
    expect(warnings.map(({ code }) => code).sort()).toEqual(["guard", "window_too_short"]);
  });

  it("waits for the morning and goes then", async () => {
    const story = await resolved();
    await rule(story, { quietHours: { from: "00:00", to: "23:59" } });
    await plan(story);
    story.clock.pass(3 * DAY);
    const [planned] = await log(story);
    const outcome = await sendFollowUp({ workspaceId: story.workspaceId, followUpId: planned?.id ?? "" }, story.sending);
    if (outcome.kind !== "wait") throw new Error("the night was not kept");
    story.clock.pass(outcome.until.getTime() - story.clock.now().getTime());
    expect(await decideAll(story)).toEqual(["sent"]);
  });
});

describe("a person's reminder", () => {
  it("goes after its days, unless it is taken back", async () => {
    const story = await resolved();
    const remind = () =>
      inWorkspace(story.workspaceId, (scope) =>
        remindBuyer(scope, eyes(story), { conversationId: story.conversationId, days: 2, text: "Напоминаем про обмен" }, story.clock),
      );
    const first = await remind();
    const second = await remind();
    await inWorkspace(story.workspaceId, (scope) => cancelFollowUp(scope, eyes(story), first.id, story.clock));
    story.clock.pass(2 * DAY);
    // Reminders keep the night: at most until the morning.
    const outcome = await sendFollowUp({ workspaceId: story.workspaceId, followUpId: second.id }, story.sending);
    if (outcome.kind === "wait") story.clock.pass(outcome.until.getTime() - story.clock.now().getTime());
    await decideAll(story);
    expect(new Map((await log(story)).map((entry) => [entry.id, entry.status]))).toEqual(
      new Map([
        [first.id, "cancelled"],
        [second.id, "sent"],
      ]),
    );
    expect(story.service.sellerTexts()).toEqual(["Напоминаем про обмен"]);
  });
});

it("measures those who wrote again beside those who were held out", async () => {
  const story = await resolved();
  const { id } = await rule(story);
  await plan(story);
  story.clock.pass(3 * DAY);
  await decideAll(story);
  story.clock.pass(DAY);
  await heedBuyer(story, story.clock);
  expect((await inWorkspace(story.workspaceId, readEffect)).rules).toMatchObject([{ ruleId: id, sent: 1, sentAnswered: 1, heldOut: 0 }]);
});

it("tries a rule without sending anything", async () => {
  const story = await resolved();
  const { id } = await rule(story, { isActive: false });
  expect(await inWorkspace(story.workspaceId, (scope) => tryRule(scope, id, story.sending))).toMatchObject({
    occasions: 1,
    isPartial: false,
    outcomes: [{ code: "send", count: 1 }],
    examples: [{ conversationId: story.conversationId, outcome: "send", text: "Здравствуйте, всё ли подошло?" }],
  });
  expect(await log(story)).toEqual([]);
  await settle(story);
  expect(story.service.sellerTexts()).toEqual([]);
});

it("wakes what lies too long, and leaves the rest alone", async () => {
  const story = await resolved();
  await rule(story);
  await plan(story);
  const waiting = async () => {
    const rows = await db.$queryRaw<
      { n: number }[]
    >`SELECT count(*)::integer AS n FROM engine_event WHERE name = 'follow-ups/follow-up.scheduled' AND data ->> 'conversationId' = ${story.conversationId}`;
    return rows[0]?.n;
  };
  await sweepFollowUps(story.clock);
  expect(await waiting()).toBe(1);
  story.clock.pass(3 * DAY + 10 * 60_000);
  await sweepFollowUps(story.clock);
  expect(await waiting()).toBe(2);
});

it("shows and plans nothing in a conversation that is out of somebody's scope", async () => {
  const story = await resolved();
  await rule(story);
  await plan(story);
  const [planned] = await log(story);
  const narrow = { ...eyes(story), role: "operator" as const, scope: "own" as const };
  const as = <T>(work: (scope: Parameters<typeof listFollowUps>[0]) => Promise<T>) => inWorkspace(story.workspaceId, work);
  expect((await as((scope) => listFollowUps(scope, narrow, { limit: 50 }))).followUps).toEqual([]);
  await expect(as((scope) => cancelFollowUp(scope, narrow, planned?.id ?? "", story.clock))).rejects.toMatchObject({ code: "follow_ups.not_found" });
  const input = { conversationId: story.conversationId, days: 1, text: "Здравствуйте" };
  await expect(as((scope) => remindBuyer(scope, narrow, input, story.clock))).rejects.toMatchObject({ code: "inbox.conversation_not_found" });
});
