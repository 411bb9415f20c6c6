import { describe, expect, it } from "vitest";
import { db } from "@/server/platform/db";
import { makeInbox, type TestInbox } from "../testing/make-inbox";
import { conversation, makeChat, makeOperator, makeTeam, use, viewerFor } from "../testing/make-team";
import { changeMany } from "./bulk";
import { assign, setStatus } from "./change-one";
import { heartbeat, listPeople, setAvailability, setCapacity } from "./people";
import { archiveTeam, saveRules, updateTeam } from "./teams";
import { giveOutQueues } from "./wake-snoozed";

const ACTOR = { kind: "user", id: "00000000-0000-4000-8000-000000000001" } as const;
const online = (inbox: TestInbox, { userId }: { userId: string }) => use(inbox, (scope) => heartbeat(scope, userId, inbox.clock));
const everythingTo = (inbox: TestInbox, teamId: string) => use(inbox, (scope) => saveRules(scope, ACTOR, [{ teamId, channels: [], connectionIds: [] }]));
const minutesLater = (inbox: TestInbox, minutes: number) => inbox.clock.pass(minutes * 60_000);
const assignees = async (ids: readonly string[]) => Promise.all(ids.map(async (id) => (await conversation(id)).assigneeId));

describe("assigning by hand", () => {
  it("gives to a person, a team, nobody; says so in the history and to the person", async () => {
    const inbox = await makeInbox();
    const [one, two] = [await makeOperator(inbox), await makeOperator(inbox)];
    const teamId = await makeTeam(inbox, [two]);
    const id = await makeChat(inbox, "c1");
    const deed = (wish: object) => use(inbox, (scope) => assign(scope, viewerFor(one), id, wish, inbox.clock));
    expect(await deed({ assigneeId: one.userId })).toEqual({ assignee: { id: one.userId, name: one.name }, team: null });
    // Outside of the new team: let go. Of the team: kept.
    expect(await deed({ teamId })).toMatchObject({ assignee: null, team: { id: teamId } });
    expect(await deed({ assigneeId: two.userId })).toMatchObject({ assignee: { id: two.userId }, team: { id: teamId } });
    expect(await deed({ teamId: null })).toMatchObject({ assignee: { id: two.userId }, team: null });
    expect(await deed({ assigneeId: null })).toEqual({ assignee: null, team: null });
    const history = await db.conversationEvent.findMany({ where: { conversationId: id, type: "assigned" }, orderBy: { id: "asc" } });
    expect(history).toHaveLength(5);
    expect(history[2]).toMatchObject({
      actorKind: "user",
      actorId: one.userId,
      data: { assigneeId: two.userId, teamId, fromAssigneeId: null, fromTeamId: teamId },
    });
    const events = await db.engineEvent.findMany({ where: { name: "inbox/conversation.assigned" } });
    const told = events.map(({ data }) => data as Record<string, unknown>).filter((data) => data["conversationId"] === id);
    // What somebody takes for themselves is no news to them.
    expect(told).toEqual([{ workspaceId: inbox.workspaceId, conversationId: id, assigneeId: two.userId, teamId, byUserId: one.userId }]);
  });

  it("refuses people who may not answer, and strangers", async () => {
    const inbox = await makeInbox();
    const reader = await makeOperator(inbox, "all", "read_only");
    const stranger = await makeOperator(await makeInbox());
    const id = await makeChat(inbox, "c1");
    for (const { userId } of [reader, stranger])
      await expect(use(inbox, (scope) => assign(scope, inbox.viewer, id, { assigneeId: userId }))).rejects.toMatchObject({ code: "inbox.assignee_unknown" });
    const theirs = await makeTeam(await makeInbox(), []);
    await expect(use(inbox, (scope) => assign(scope, inbox.viewer, id, { teamId: theirs }))).rejects.toMatchObject({ code: "inbox.team_not_found" });
  });
});

describe("giving out in turn", () => {
  it("goes around by turns and stops where nobody has room, then goes on when room is made", async () => {
    const inbox = await makeInbox();
    const [one, two] = [await makeOperator(inbox), await makeOperator(inbox)];
    const teamId = await makeTeam(inbox, [one, two], true);
    await everythingTo(inbox, teamId);
    for (const member of [one, two]) {
      await online(inbox, member);
      await use(inbox, (scope) => setCapacity(scope, ACTOR, { userId: member.userId, capacity: 2 }, inbox.clock));
    }
    const ids: string[] = [];
    for (let at = 0; at < 5; at += 1) {
      inbox.clock.pass(1_000);
      ids.push(await makeChat(inbox, `c${at}`));
    }
    const given = await assignees(ids);
    expect(given.slice(0, 4).filter((id) => id === one.userId)).toHaveLength(2);
    expect(given[0]).not.toBe(given[1]);
    expect(given[4]).toBeNull();
    await use(inbox, (scope) => setStatus(scope, inbox.viewer, { conversationId: ids[0] ?? "", status: "resolved" }, inbox.clock));
    expect((await conversation(ids[4] ?? "")).assigneeId).toBe(given[0]);
  });

  it("waits while nobody is there and is drained, oldest first, by who comes", async () => {
    const inbox = await makeInbox();
    const member = await makeOperator(inbox);
    const teamId = await makeTeam(inbox, [member], true);
    await everythingTo(inbox, teamId);
    await use(inbox, (scope) => setCapacity(scope, ACTOR, { userId: member.userId, capacity: 1 }, inbox.clock));
    const early = await makeChat(inbox, "early");
    minutesLater(inbox, 1);
    const late = await makeChat(inbox, "late");
    expect(await assignees([early, late])).toEqual([null, null]);
    expect(await online(inbox, member)).toEqual({ availability: "online" });
    expect(await assignees([early, late])).toEqual([member.userId, null]);
    // More room: at once.
    await use(inbox, (scope) => setCapacity(scope, ACTOR, { userId: member.userId, capacity: null }, inbox.clock));
    expect(await assignees([late])).toEqual([member.userId]);
    // Silent for five minutes: offline, and given nothing.
    minutesLater(inbox, 6);
    const third = await makeChat(inbox, "third");
    expect(await assignees([third])).toEqual([null]);
    await online(inbox, member);
    expect(await assignees([third])).toEqual([member.userId]);
    await use(inbox, (scope) => setAvailability(scope, member.userId, "away", inbox.clock));
    const fourth = await makeChat(inbox, "fourth");
    expect(await assignees([fourth])).toEqual([null]);
    await use(inbox, (scope) => setAvailability(scope, member.userId, "online", inbox.clock));
    expect(await assignees([fourth])).toEqual([member.userId]);
    expect(await use(inbox, (scope) => listPeople(scope, member.userId, inbox.clock))).toMatchObject([
      { userId: member.userId, isYou: true, canBeAssigned: true, availability: "online", openConversations: 4, teamIds: [teamId] },
    ]);
  });

  it("brings a returning buyer back to who had them, unless that person is away", async () => {
    const inbox = await makeInbox();
    const [one, two] = [await makeOperator(inbox), await makeOperator(inbox)];
    const teamId = await makeTeam(inbox, [one, two], true);
    await everythingTo(inbox, teamId);
    await online(inbox, one);
    const first = await makeChat(inbox, "c1", { buyerRef: "anna" });
    expect(await assignees([first])).toEqual([one.userId]);
    await online(inbox, two);
    // Two is next in turn, but one knows Anna.
    expect(await assignees([await makeChat(inbox, "c2", { buyerRef: "anna" })])).toEqual([one.userId]);
    const resolve = () => use(inbox, (scope) => setStatus(scope, inbox.viewer, { conversationId: first, status: "resolved" }, inbox.clock));
    await resolve();
    minutesLater(inbox, 1);
    await makeChat(inbox, "c1", { buyerRef: "anna", text: "and another thing" });
    expect(await conversation(first)).toMatchObject({ status: "open", assigneeId: one.userId });
    await resolve();
    await use(inbox, (scope) => setAvailability(scope, one.userId, "away", inbox.clock));
    minutesLater(inbox, 1);
    await makeChat(inbox, "c1", { buyerRef: "anna", text: "are you there?" });
    expect(await conversation(first)).toMatchObject({ status: "open", assigneeId: two.userId });
  });

  it("gives each conversation to one person however many transactions give out at once, and overfills nobody", async () => {
    const inbox = await makeInbox();
    const crew = [await makeOperator(inbox), await makeOperator(inbox), await makeOperator(inbox)];
    const teamId = await makeTeam(inbox, crew, true);
    await everythingTo(inbox, teamId);
    for (const { userId } of crew) await use(inbox, (scope) => setCapacity(scope, ACTOR, { userId, capacity: 3 }, inbox.clock));
    const ids: string[] = [];
    for (let at = 0; at < 12; at += 1) ids.push(await makeChat(inbox, `c${at}`));
    await Promise.all(crew.map((member) => online(inbox, member)));
    const given = await assignees(ids);
    expect(given.filter((id) => id === null)).toHaveLength(3);
    for (const { userId } of crew) expect(given.filter((id) => id === userId)).toHaveLength(3);
  });

  it("gives out what a bulk action, a team change or a lost moment left lying", async () => {
    const inbox = await makeInbox();
    const member = await makeOperator(inbox);
    const teamId = await makeTeam(inbox, [member]);
    await everythingTo(inbox, teamId);
    await online(inbox, member);
    const ids = [await makeChat(inbox, "c1"), await makeChat(inbox, "c2")];
    expect(await assignees(ids)).toEqual([null, null]);
    await use(inbox, (scope) => updateTeam(scope, ACTOR, teamId, { name: "Support", autoAssign: true, memberIds: [member.userId] }, inbox.clock));
    expect(await assignees(ids)).toEqual([member.userId, member.userId]);
    const action = { kind: "assign", assigneeId: null } as const;
    await use(inbox, (scope) => changeMany(scope, inbox.viewer, ACTOR, { target: { kind: "conversations", conversationIds: ids }, action }, inbox.clock));
    expect(await assignees(ids)).toEqual([member.userId, member.userId]);
    await db.conversation.updateMany({ where: { id: { in: ids } }, data: { assigneeId: null } });
    expect((await giveOutQueues(inbox.clock)).given).toBeGreaterThanOrEqual(2);
    expect(await assignees(ids)).toEqual([member.userId, member.userId]);
    await use(inbox, (scope) => archiveTeam(scope, ACTOR, teamId, inbox.clock));
    expect(await conversation(ids[0] ?? "")).toMatchObject({ teamId: null, assigneeId: member.userId });
    expect(await db.assignmentRule.count({ where: { workspaceId: inbox.workspaceId } })).toBe(0);
  });
});

describe("whatever happens in whatever order", () => {
  /** A fixed sequence of pseudo-random numbers: the same story every time. */
  function* numbers(seed: number): Generator<number, never> {
    let state = seed;
    while (true) {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      yield state / 2_147_483_648;
    }
  }

  const KINDS = ["chat", "chat", "chat", "online", "away", "capacity", "status", "status", "unassign", "later"] as const;

  /** One thing that happens; `null`: it has nothing to happen to. */
  async function happen(
    inbox: TestInbox,
    kind: (typeof KINDS)[number],
    on: { userId: string; id: string | undefined; name: string },
    roll: number,
  ): Promise<string | null> {
    const { userId, id } = on;
    switch (kind) {
      case "chat":
        return makeChat(inbox, on.name, { buyerRef: `b${Math.floor(roll * 5)}` });
      case "online":
      case "away":
        await use(inbox, (scope) => setAvailability(scope, userId, kind, inbox.clock));
        return null;
      case "capacity":
        await use(inbox, (scope) => setCapacity(scope, ACTOR, { userId, capacity: [0, 1, 2, null][Math.floor(roll * 4)] ?? null }, inbox.clock));
        return null;
      case "later":
        minutesLater(inbox, 3);
        return null;
      case "unassign":
        if (id !== undefined) await use(inbox, (scope) => assign(scope, inbox.viewer, id, { assigneeId: null }, inbox.clock));
        return null;
      case "status": {
        const status = (["open", "pending", "resolved"] as const)[Math.floor(roll * 3)] ?? "open";
        if (id !== undefined) await use(inbox, (scope) => setStatus(scope, inbox.viewer, { conversationId: id, status }, inbox.clock));
        return null;
      }
    }
  }

  async function lyingWhileSomebodyIsFree(inbox: TestInbox, teamId: string): Promise<number> {
    const people = await use(inbox, (scope) => listPeople(scope, inbox.userId, inbox.clock));
    const free = people.filter(
      ({ availability, capacity, openConversations }) => availability === "online" && (capacity === null || openConversations < capacity),
    );
    if (free.length === 0) return 0;
    return db.conversation.count({ where: { workspaceId: inbox.workspaceId, teamId, status: "open", assigneeId: null } });
  }

  it.each([1, 2, 3])("nothing lies unassigned while a member is there with room (story %i)", async (seed) => {
    const inbox = await makeInbox();
    const crew = [await makeOperator(inbox), await makeOperator(inbox)] as const;
    const teamId = await makeTeam(inbox, crew, true);
    await everythingTo(inbox, teamId);
    const source = numbers(seed);
    const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(source.next().value * list.length)];
    const ids: string[] = [];
    for (let step = 0; step < 40; step += 1) {
      inbox.clock.pass(20_000);
      const kind = pick(KINDS) ?? "chat";
      const made = await happen(inbox, kind, { userId: (pick(crew) ?? crew[0]).userId, id: pick(ids), name: `c${step}` }, source.next().value);
      if (made !== null) ids.push(made);
      expect({ step, kind, lying: await lyingWhileSomebodyIsFree(inbox, teamId) }).toEqual({ step, kind, lying: 0 });
    }
    expect(ids.length).toBeGreaterThan(5);
  });
});
