import type { z } from "zod";
import { type DeadlinePolicy, type PolicyFields, savePolicyInput } from "@/server/deadlines/schema";

/** A policy without any time to answer in would set no deadline. */
export const policyFormSchema = savePolicyInput
  .omit({ id: true })
  .refine(({ firstReplyMinutes, nextReplyMinutes }) => firstReplyMinutes !== null || nextReplyMinutes !== null, { path: ["firstReplyMinutes"] });
export type PolicyForm = z.infer<typeof policyFormSchema>;

export const NEW_POLICY: PolicyForm = {
  name: "",
  isActive: true,
  conditions: { channels: [], labelIds: [], teamIds: [], connectionIds: [] },
  firstReplyMinutes: 60,
  nextReplyMinutes: 240,
  calendarId: null,
  pauseOn: ["snoozed", "pending", "outage"],
  warnBeforeMinutes: 15,
  escalation: { notify: ["assignee"], raisePriorityTo: null },
};

export function toPolicyForm({ id: _id, ...fields }: DeadlinePolicy): PolicyForm {
  return fields;
}

/** The whole list as it would be with one policy changed, or a new one at its end: what a dry run is asked about. */
export function withPolicy(policies: readonly DeadlinePolicy[], fields: PolicyFields, id: string | undefined) {
  return id === undefined ? [...policies, fields] : policies.map((policy) => (policy.id === id ? { ...fields, id } : policy));
}
