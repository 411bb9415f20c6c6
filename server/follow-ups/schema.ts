import { z } from "zod";

/** Messages that are planned into existing conversations. Client-safe. */

export const followUpKindSchema = z.enum(["after_resolve", "cross_sell", "retention", "own"]);
/** What starts the count of days. */
export const followUpTriggerSchema = z.enum(["resolved", "order_delivered"]);
export const followUpStatusSchema = z.enum(["scheduled", "sent", "cancelled", "skipped", "held_out"]);

const clockTimeSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
/** In the time of the shop's organization: the buyers live around it. Equal ends = no quiet hours. */
export const quietHoursSchema = z.object({ from: clockTimeSchema, to: clockTimeSchema });

/** Empty lists = any. */
export const followUpConditionsSchema = z.object({
  channels: z.array(z.string().max(60)).max(30).default([]),
  connectionIds: z.array(z.uuid()).max(100).default([]),
  labelIds: z.array(z.uuid()).max(50).default([]),
  /** Only for these products (consumables). */
  skus: z.array(z.string().max(100)).max(500).default([]),
});

export const followUpRuleFields = z.object({
  name: z.string().trim().min(1).max(120),
  kind: followUpKindSchema,
  isActive: z.boolean(),
  trigger: followUpTriggerSchema,
  delayDays: z.number().int().min(1).max(90),
  conditions: followUpConditionsSchema,
  /** May hold placeholders, as templates do. */
  text: z.string().trim().min(1).max(2_000),
  quietHours: quietHoursSchema,
  /** No second follow-up to the same buyer within so many days. */
  frequencyCapDays: z.number().int().min(0).max(365),
  /** Out of a hundred occasions so many get nothing, to measure the rest against. */
  holdoutPercent: z.number().int().min(0).max(50),
});

/** One channel the rule can never or only sometimes reach; `code` leads to `automations.followUps.warnings.<code>`. */
export const ruleWarningOutput = z.object({
  code: z.enum(["window_too_short", "window_conditional", "only_answers", "guard"]),
  channel: z.string(),
  hours: z.number().nullable(),
  matched: z.string().nullable(),
});

export const followUpRuleOutput = followUpRuleFields.extend({
  id: z.uuid(),
  updatedAt: z.date(),
  warnings: z.array(ruleWarningOutput),
});
export const listRulesOutput = z.object({ rules: z.array(followUpRuleOutput) });
export const saveRuleInput = followUpRuleFields.extend({ ruleId: z.uuid().optional() });
export const saveRuleOutput = z.object({ id: z.uuid(), warnings: z.array(ruleWarningOutput) });
export const ruleIdInput = z.object({ ruleId: z.uuid() });
export const checkRuleInput = followUpRuleFields.pick({ trigger: true, delayDays: true, conditions: true, text: true });
export const checkRuleOutput = z.object({ warnings: z.array(ruleWarningOutput) });

/** What the rule would do to the occasions of the last 30 days, were it to decide now. Nothing is sent. */
export const dryRunOutput = z.object({
  occasions: z.number(),
  /** Only the newest are looked at; true = there were more. */
  isPartial: z.boolean(),
  outcomes: z.array(z.object({ code: z.string(), count: z.number() })),
  examples: z.array(z.object({ conversationId: z.uuid(), buyerName: z.string().nullable(), outcome: z.string(), text: z.string() })),
});

export const remindInput = z.object({ conversationId: z.uuid(), days: z.number().int().min(1).max(90), text: z.string().trim().min(1).max(2_000) });
export const followUpIdInput = z.object({ followUpId: z.uuid() });
export const conversationFollowUpsInput = z.object({ conversationId: z.uuid() });

export const followUpOutput = z.object({
  id: z.uuid(),
  conversationId: z.uuid(),
  buyerName: z.string().nullable(),
  channel: z.string(),
  ruleId: z.uuid().nullable(),
  ruleName: z.string().nullable(),
  createdById: z.uuid().nullable(),
  text: z.string(),
  dueAt: z.date(),
  status: followUpStatusSchema,
  /** Leads to `automations.followUps.reasons.<code>` or an error text. */
  reasonCode: z.string().nullable(),
  createdAt: z.date(),
  settledAt: z.date().nullable(),
  answeredAt: z.date().nullable(),
});
export const followUpCursorSchema = z.object({ at: z.date(), id: z.uuid() });
export const listFollowUpsInput = z.object({
  statuses: z.array(followUpStatusSchema).max(5).optional(),
  ruleId: z.uuid().optional(),
  cursor: followUpCursorSchema.optional(),
  limit: z.number().int().min(1).max(100).default(50),
});
export const listFollowUpsOutput = z.object({ followUps: z.array(followUpOutput), nextCursor: followUpCursorSchema.nullable() });
export const plannedOutput = z.object({ followUps: z.array(followUpOutput) });
export const remindOutput = z.object({ id: z.uuid(), dueAt: z.date() });

/** Of those who got the message and of those who got nothing: how many wrote again within two weeks. */
export const effectOutput = z.object({
  rules: z.array(
    z.object({
      ruleId: z.uuid(),
      ruleName: z.string(),
      sent: z.number(),
      sentAnswered: z.number(),
      heldOut: z.number(),
      heldOutAnswered: z.number(),
      skipped: z.number(),
      cancelled: z.number(),
      scheduled: z.number(),
    }),
  ),
});

export type FollowUpRuleFields = z.infer<typeof followUpRuleFields>;
export type FollowUpConditions = z.infer<typeof followUpConditionsSchema>;
export type FollowUpRuleView = z.infer<typeof followUpRuleOutput>;
export type RuleWarning = z.infer<typeof ruleWarningOutput>;
export type QuietHours = z.infer<typeof quietHoursSchema>;
export type FollowUpView = z.infer<typeof followUpOutput>;
export type FollowUpStatus = z.infer<typeof followUpStatusSchema>;
export type ListFollowUpsInput = z.infer<typeof listFollowUpsInput>;
export type DryRun = z.infer<typeof dryRunOutput>;
export type EffectView = z.infer<typeof effectOutput>;
