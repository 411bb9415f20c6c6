import { expect, it } from "vitest";
import { db } from "@/server/platform/db";
import { loadSession } from "../sessions/get-session";
import { actorOf, makeMember, makeSignedIn, makeWorkspace } from "../testing/make-workspace";
import { listMembers, updateMember } from "./manage-members";

it("keeps an owner when two owners demote each other at the same time", async () => {
  const { workspaceId } = await makeWorkspace();
  const [one, two] = [await makeSignedIn(workspaceId, "owner"), await makeSignedIn(workspaceId, "owner")];
  const outcomes = await Promise.allSettled([
    updateMember(one, actorOf(one), { memberId: two.memberId, role: "admin" }),
    updateMember(two, actorOf(two), { memberId: one.memberId, role: "admin" }),
  ]);
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await db.membership.count({ where: { workspaceId, role: "owner", disabledAt: null } })).toBe(1);
});

it("refuses to demote or disable the last owner", async () => {
  const { workspaceId } = await makeWorkspace();
  const owner = await makeSignedIn(workspaceId, "owner");
  for (const change of [{ role: "admin" as const }, { isDisabled: true }]) {
    await expect(updateMember(owner, actorOf(owner), { memberId: owner.memberId, ...change })).rejects.toMatchObject({ code: "member.last_owner" });
  }
});

it("ends a disabled member's sessions here at once, and lets them back in when enabled", async () => {
  const { workspaceId } = await makeWorkspace();
  const admin = await makeSignedIn(workspaceId, "admin");
  const operator = await makeSignedIn(workspaceId, "operator");
  await updateMember(admin, actorOf(admin), { memberId: operator.memberId, isDisabled: true });
  expect(await loadSession(operator.sessionId)).toBeNull();
  await updateMember(admin, actorOf(admin), { memberId: operator.memberId, isDisabled: false, conversationScope: "own" });
  expect(await loadSession(operator.sessionId)).toBeNull();
  expect((await listMembers(admin)).find(({ memberId }) => memberId === operator.memberId)).toMatchObject({
    disabledAt: null,
    conversationScope: "own",
    isYou: false,
  });
  expect(await db.auditEntry.count({ where: { workspaceId, action: "member.updated", actorId: admin.userId } })).toBe(2);
});

it("does not know another workspace's member", async () => {
  const [mine, theirs] = [await makeWorkspace(), await makeWorkspace()];
  const owner = await makeSignedIn(mine.workspaceId, "owner");
  const stranger = await makeMember(theirs.workspaceId, "operator");
  await expect(updateMember(owner, actorOf(owner), { memberId: stranger.memberId, role: "admin" })).rejects.toMatchObject({ code: "member.not_found" });
});
