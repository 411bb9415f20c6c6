import { describe, expect, it } from "vitest";
import type { ConversationScope, Role } from "@/server/access/schema";
import { type Audience, type Member, mayBeTold, recipientsOf } from "./audience-rules";

const member = (userId: string, role: Role, conversationScope: ConversationScope = "all", teamIds: string[] = []): Member => ({
  userId,
  role,
  conversationScope,
  teamIds,
  mayReadInbox: role !== "warehouse" && role !== "accountant",
  mayChangeOrders: role !== "accountant" && role !== "read_only",
});
const people = [
  member("owner", "owner", "own"),
  member("all", "operator"),
  member("team", "operator", "team", ["t1"]),
  member("own", "operator", "own", ["t1"]),
  member("warehouse", "warehouse"),
];
const told = (audience: Audience, place: { assigneeId: string | null; teamId: string | null } | null, except: string | null = null) =>
  recipientsOf(audience, people, place, except).map(({ userId }) => userId);
const nobodys = { assigneeId: null, teamId: null };

describe("who may be told of a conversation", () => {
  it.each([
    [nobodys, ["owner", "all"]],
    [{ assigneeId: null, teamId: "t1" }, ["owner", "all", "team"]],
    [{ assigneeId: "own", teamId: "t2" }, ["owner", "all", "own"]],
    [{ assigneeId: "team", teamId: null }, ["owner", "all", "team"]],
  ])("%j", (place, expected) => {
    expect(people.filter((one) => mayBeTold(one, place)).map(({ userId }) => userId)).toEqual(expected);
  });
});

describe("audiences", () => {
  it("conversation: assignee, else team, else everybody", () => {
    expect(told({ type: "conversation" }, { assigneeId: "own", teamId: "t1" })).toEqual(["own"]);
    expect(told({ type: "conversation" }, { assigneeId: null, teamId: "t1" })).toEqual(["team"]);
    expect(told({ type: "conversation" }, { assigneeId: "left-the-house", teamId: "t2" })).toEqual(["owner", "all"]);
  });

  it("escalation: all that are named once, else as a conversation", () => {
    const place = { assigneeId: "team", teamId: "t1" };
    expect(told({ type: "escalation", targets: ["assignee", "team", "admins"] }, place)).toEqual(["team", "owner"]);
    expect(told({ type: "escalation", targets: ["assignee"] }, nobodys)).toEqual(["owner", "all"]);
  });

  it("author: theirs, else the assignee's, else the admins'", () => {
    expect(told({ type: "author", userId: "all" }, nobodys)).toEqual(["all"]);
    expect(told({ type: "author", userId: "own" }, { assigneeId: "team", teamId: null })).toEqual(["team"]);
    expect(told({ type: "author", userId: null }, nobodys)).toEqual(["owner"]);
  });

  it("order: who asked for it while they may still act, else everybody who may", () => {
    expect(told({ type: "order", requestedBy: "warehouse" }, null)).toEqual(["warehouse"]);
    expect(told({ type: "order", requestedBy: "left-the-house" }, null)).toEqual(["owner", "all", "team", "own", "warehouse"]);
    const demoted = [member("accountant", "accountant"), member("owner", "owner")];
    expect(recipientsOf({ type: "order", requestedBy: "accountant" }, demoted, null).map(({ userId }) => userId)).toEqual(["owner"]);
  });

  it("people never hear of what they may not read or did themselves", () => {
    expect(told({ type: "people", userIds: ["all", "own", "warehouse", "owner"] }, nobodys, "owner")).toEqual(["all"]);
    expect(told({ type: "admins" }, null)).toEqual(["owner"]);
  });
});
