import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { db } from "@/server/platform/db";
import { inWorkspace, type Scope } from "@/server/platform/transaction";
import { listCalendars, removeCalendar, saveCalendar } from "./calendars";
import { dryRun } from "./dry-run";
import { listLimits, resetLimit, saveLimit } from "./limits";
import { listPolicies, removePolicy, reorderPolicies, savePolicy } from "./policies";
import { dryRunInput } from "./schema";
import { ACTOR, deadlinesOf, emitted, makeChat, makePolicyRow, minutesAfter, policyInput, recompute, say } from "./testing/make-chat";
import { makeCalendar } from "./testing/settings";

const at = (minutes: number) => minutesAfter("2026-11-02T10:00:00Z", minutes);
const within = async () => {
  const chat = await makeChat();
  return { chat, run: <T>(work: (scope: Scope) => Promise<T>) => inWorkspace(chat.workspaceId, work) };
};

describe("policies", () => {
  it("are kept in order and come back as saved", async () => {
    const { chat, run } = await within();
    const first = await makePolicyRow(chat, { name: "A", escalation: { notify: ["assignee"], raisePriorityTo: 4 } });
    const second = await makePolicyRow(chat, { name: "B", pauseOn: ["outage"] });
    expect(await run(listPolicies)).toEqual([
      { id: first.id, ...policyInput({ name: "A", escalation: { notify: ["assignee"], raisePriorityTo: 4 } }) },
      { id: second.id, ...policyInput({ name: "B", pauseOn: ["outage"] }) },
    ]);
    await run((scope) => reorderPolicies(scope, [second.id, first.id], ACTOR));
    expect((await run(listPolicies)).map(({ name }) => name)).toEqual(["B", "A"]);
    await run((scope) => removePolicy(scope, second.id, ACTOR));
    expect((await run(listPolicies)).map(({ name }) => name)).toEqual(["A"]);
    expect(await emitted(chat, "deadlines/policy.changed")).toHaveLength(4);
    expect(await db.auditEntry.count({ where: { workspaceId: chat.workspaceId, action: { startsWith: "deadline_policy." } } })).toBe(4);
  });

  it("refuse an order that is not of all policies, and what is not there", async () => {
    const { chat, run } = await within();
    const { id } = await makePolicyRow(chat);
    for (const order of [[], [id, id], [id, randomUUID()], [randomUUID()]]) {
      await expect(run((scope) => reorderPolicies(scope, order, ACTOR))).rejects.toMatchObject({ code: "deadlines.order_outdated" });
    }
    await expect(run((scope) => savePolicy(scope, { id: randomUUID(), ...policyInput() }, ACTOR))).rejects.toMatchObject({
      code: "deadlines.policy_not_found",
    });
    await expect(run((scope) => savePolicy(scope, policyInput({ firstReplyMinutes: null, nextReplyMinutes: null }), ACTOR))).rejects.toMatchObject({
      code: "deadlines.policy_without_target",
    });
  });

  it("name nothing of another workspace", async () => {
    const [mine, theirs] = [await within(), await within()];
    const { id: calendarId } = await theirs.run((scope) => saveCalendar(scope, { name: "Theirs", ...makeCalendar() }, ACTOR));
    await expect(mine.run((scope) => savePolicy(scope, policyInput({ calendarId }), ACTOR))).rejects.toMatchObject({
      code: "deadlines.reference_unknown",
      params: { kind: "calendarIds" },
    });
    const conditions = { channels: [], labelIds: [], teamIds: [], connectionIds: [theirs.chat.connectionId] };
    await expect(mine.run((scope) => savePolicy(scope, policyInput({ conditions }), ACTOR))).rejects.toMatchObject({ params: { kind: "connectionIds" } });
    const { id } = await makePolicyRow(theirs.chat);
    await expect(mine.run((scope) => removePolicy(scope, id, ACTOR))).rejects.toMatchObject({ code: "deadlines.policy_not_found" });
  });
});

describe("calendars", () => {
  it("are checked, unique by name, and stay while a policy counts by them", async () => {
    const { chat, run } = await within();
    const { id } = await run((scope) =>
      saveCalendar(
        scope,
        {
          name: "Office",
          ...makeCalendar({
            holidays: [
              { date: "2027-01-02", name: "b" },
              { date: "2027-01-01", name: "a" },
            ],
          }),
        },
        ACTOR,
      ),
    );
    const [saved] = await run(listCalendars);
    expect(saved).toMatchObject({ id, name: "Office", timeZone: "Europe/Moscow", holidays: [{ date: "2027-01-01" }, { date: "2027-01-02" }] });
    await expect(run((scope) => saveCalendar(scope, { name: "Office", ...makeCalendar() }, ACTOR))).rejects.toMatchObject({
      code: "deadlines.calendar_name_taken",
    });
    await expect(
      run((scope) => saveCalendar(scope, { name: "Night", ...makeCalendar({ days: { mon: [{ from: "22:00", to: "06:00" }] } }) }, ACTOR)),
    ).rejects.toMatchObject({
      code: "deadlines.range_backwards",
    });
    const policy = await makePolicyRow(chat, { calendarId: id });
    await expect(run((scope) => removeCalendar(scope, id, ACTOR))).rejects.toMatchObject({
      code: "deadlines.calendar_in_use",
      params: { policies: "Standard" },
    });
    await run((scope) => removePolicy(scope, policy.id, ACTOR));
    await run((scope) => removeCalendar(scope, id, ACTOR));
    expect(await run(listCalendars)).toEqual([]);
    await expect(run((scope) => removeCalendar(scope, id, ACTOR))).rejects.toMatchObject({ code: "deadlines.calendar_not_found" });
  });
});

describe("limits of marketplaces", () => {
  it("are defaults until somebody corrects them, and channels in use are listed", async () => {
    const { chat, run } = await within();
    const before = await run(listLimits);
    expect(before.map(({ channel, minutes, isOwn }) => [channel, minutes, isOwn])).toEqual([
      ["fake.chat", null, false],
      ["ozon.chat", 2_880, false],
      ["wildberries.chat", 14_400, false],
    ]);
    await run((scope) => saveLimit(scope, { channel: "ozon.chat", minutes: 1_440, source: "Letter of 1 November", checkedOn: "2026-11-01" }, ACTOR));
    expect((await run(listLimits))[1]).toEqual({
      channel: "ozon.chat",
      minutes: 1_440,
      anchor: "last_buyer_message",
      source: "Letter of 1 November",
      checkedOn: "2026-11-01",
      isOwn: true,
    });
    await run((scope) => resetLimit(scope, "ozon.chat", ACTOR));
    expect(await run(listLimits)).toEqual(before);
    expect(await emitted(chat, "deadlines/policy.changed")).toHaveLength(2);
  });
});

describe("the dry run", () => {
  it("counts what other policies would have made late, and changes nothing", async () => {
    const { chat, run } = await within();
    const { id } = await makePolicyRow(chat);
    await say(chat, { at: at(-40 * 1_440) });
    await say(chat, { side: "seller", at: at(-480) });
    await say(chat, { at: at(-400) });
    await say(chat, { side: "seller", at: at(-375) });
    await recompute(chat);
    const rows = await deadlinesOf(chat);
    const input = dryRunInput.parse({ policies: [{ id, ...policyInput({ firstReplyMinutes: 10, nextReplyMinutes: 20 }) }] });
    const result = await run((scope) => dryRun(scope, input, chat));
    // The message of forty days ago is late by both, but began before the period.
    expect(result).toEqual({
      conversations: 1,
      isPartial: false,
      before: { due: 1, late: 0, lateConversations: 0 },
      after: { due: 1, late: 1, lateConversations: 1 },
      examples: [
        {
          conversationId: chat.conversationId,
          buyerName: null,
          metric: "next_reply",
          startedAt: at(-400),
          dueAt: at(-380),
          endedAt: at(-375),
          policyName: "Standard",
        },
      ],
    });
    expect(await deadlinesOf(chat)).toEqual(rows);
    const foreign = dryRunInput.parse({ policies: [{ id: randomUUID(), ...policyInput() }] });
    await expect(run((scope) => dryRun(scope, foreign, chat))).rejects.toMatchObject({ code: "deadlines.policy_not_found" });
  });
});
