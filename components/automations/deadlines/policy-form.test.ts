import { describe, expect, it } from "vitest";
import type { DeadlinePolicy } from "@/server/deadlines/schema";
import { NEW_POLICY, policyFormSchema, toPolicyForm, withPolicy } from "./policy-form";

const [first, second]: [DeadlinePolicy, DeadlinePolicy] = [
  { ...NEW_POLICY, name: "Urgent", id: "019a0000-0000-7000-8000-000000000001" },
  { ...NEW_POLICY, name: "All", id: "019a0000-0000-7000-8000-000000000002" },
];

describe("the policy form", () => {
  it("wants a name and at least one time", () => {
    expect(policyFormSchema.safeParse(NEW_POLICY).success).toBe(false);
    expect(policyFormSchema.safeParse({ ...NEW_POLICY, name: "All" }).success).toBe(true);
    const none = policyFormSchema.safeParse({ ...NEW_POLICY, name: "All", firstReplyMinutes: null, nextReplyMinutes: null });
    expect(none.error?.issues.map(({ path }) => path)).toEqual([["firstReplyMinutes"]]);
  });
});

describe("withPolicy", () => {
  it("changes a policy where it stands", () => {
    const changed = { ...toPolicyForm(first), nextReplyMinutes: 30 };
    expect(withPolicy([first, second], changed, first.id)).toEqual([{ ...first, nextReplyMinutes: 30 }, second]);
  });

  it("puts a new one last", () => {
    expect(withPolicy([first], { ...NEW_POLICY, name: "New" }, undefined)).toEqual([first, { ...NEW_POLICY, name: "New" }]);
  });
});
