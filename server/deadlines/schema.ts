import { z } from "zod";

/** What the browser sends to and gets from the deadlines room. Client-safe: no server code behind it. */

const openTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const closeTime = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/);
/** By the clock of the calendar's zone; several a day, none over midnight. */
export const timeRangeSchema = z.object({ from: openTime, to: closeTime });
const rangesSchema = z.array(timeRangeSchema).max(12);
export const weekdaySchema = z.enum(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]);
export const holidaySchema = z.object({
  date: z.iso.date(),
  name: z.string().trim().min(1).max(120),
  /** A short day; without them closed all day. */
  ranges: rangesSchema.optional(),
});
export const workingCalendarSchema = z.object({
  /** IANA name, e.g. Europe/Kyiv. */
  timeZone: z.string().trim().min(1).max(60),
  week: z.object({
    mon: rangesSchema,
    tue: rangesSchema,
    wed: rangesSchema,
    thu: rangesSchema,
    fri: rangesSchema,
    sat: rangesSchema,
    sun: rangesSchema,
  }),
  holidays: z.array(holidaySchema).max(400),
});

/** What a reply is due for: the buyer's first word to us, or a later one. */
export const metricSchema = z.enum(["first_reply", "next_reply"]);
/** An open one that is late is `missed` already; `dropped`: ended in time without a reply (resolved by a person, closed by the marketplace). */
export const deadlineStateSchema = z.enum(["running", "paused", "met", "missed", "dropped"]);

/** An empty list means any; a label list is met by one of its labels. */
export const policyConditionsSchema = z.object({
  channels: z.array(z.string().max(80)).max(50),
  labelIds: z.array(z.uuid()).max(50),
  teamIds: z.array(z.uuid()).max(50),
  connectionIds: z.array(z.uuid()).max(100),
});
const targetMinutes = z
  .number()
  .int()
  .min(1)
  .max(60 * 24 * 90)
  .nullable();
export const pauseOnSchema = z.enum(["snoozed", "pending", "outage"]);
export const escalationSchema = z.object({
  /** Told on top of whoever is told of late replies anyway. */
  notify: z.array(z.enum(["assignee", "team", "admins"])).max(3),
  /** 1 low, 2 medium, 3 high, 4 urgent; never lowers. Null = stays as it is. */
  raisePriorityTo: z.number().int().min(1).max(4).nullable(),
});
const policyFields = {
  name: z.string().trim().min(1).max(120),
  isActive: z.boolean(),
  conditions: policyConditionsSchema,
  /** Null = this policy sets no deadline for it. */
  firstReplyMinutes: targetMinutes,
  nextReplyMinutes: targetMinutes,
  /** Null = the clock counts day and night. */
  calendarId: z.uuid().nullable(),
  pauseOn: z.array(pauseOnSchema).max(3),
  /** Open time before the deadline at which it is called near; 0 = no warning. */
  warnBeforeMinutes: z
    .number()
    .int()
    .min(0)
    .max(60 * 24 * 30),
  escalation: escalationSchema,
};
export const policySchema = z.object({ id: z.uuid(), ...policyFields });

/** From when a marketplace's own limit counts: the oldest unanswered message, or the buyer's newest. */
export const limitAnchorSchema = z.enum(["unanswered", "last_buyer_message"]);
/** What a marketplace itself allows. A default with its source, for people to correct. Counts around the clock, never pauses. */
export const marketplaceLimitSchema = z.object({
  channel: z.string().trim().min(1).max(80),
  /** Null = none known. */
  minutes: z
    .number()
    .int()
    .min(1)
    .max(60 * 24 * 365)
    .nullable(),
  anchor: limitAnchorSchema,
  source: z.string(),
  checkedOn: z.iso.date(),
});

/**
 * One line of "why is this due then": the text is `deadlines.explain.<code>`, its values are `params` as `explainParamKind` says:
 * instants and days are Dates, durations are milliseconds.
 */
export const explainStepSchema = z.object({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.date()])),
});

/** How a value of an explanation is to be written: a moment, a day alone, a stretch of time (`durationParts`), or as it is. */
export function explainParamKind(name: string): "instant" | "day" | "duration" | "plain" {
  if (name === "duration" || name === "left") return "duration";
  if (name === "at" || name === "from" || name === "to") return "instant";
  return name === "day" || name.endsWith("Day") ? "day" : "plain";
}

/** Stretches as people say them: texts `deadlines.duration.<form>`. */
export function durationParts(ms: number): {
  readonly form: "days" | "daysHours" | "hours" | "hoursMinutes" | "minutes";
  readonly days: number;
  readonly hours: number;
  readonly minutes: number;
} {
  const total = Math.ceil(ms / 60_000);
  const [days, hours, minutes] = [Math.floor(total / 1_440), Math.floor((total % 1_440) / 60), total % 60];
  if (days > 1 && minutes === 0) return { form: hours === 0 ? "days" : "daysHours", days, hours, minutes };
  const allHours = Math.floor(total / 60);
  const form = allHours === 0 ? "minutes" : minutes === 0 ? "hours" : "hoursMinutes";
  return { form, days, hours: allHours, minutes };
}

export const policiesOutput = z.array(policySchema);
/** Without an id: a new one at the end of the list. */
export const savePolicyInput = z.object({ id: z.uuid().optional(), ...policyFields });
export const policyIdInput = z.object({ policyId: z.uuid() });
/** Every policy once, in the new order. */
export const reorderPoliciesInput = z.object({ policyIds: z.array(z.uuid()).max(200) });

export const calendarOutput = workingCalendarSchema.extend({ id: z.uuid(), name: z.string().trim().min(1).max(120) });
export const calendarsOutput = z.array(calendarOutput);
export const saveCalendarInput = calendarOutput.extend({ id: z.uuid().optional() });
export const calendarIdInput = z.object({ calendarId: z.uuid() });

export const limitOutput = marketplaceLimitSchema.extend({
  /** Null = nobody has looked it up yet. */
  checkedOn: z.iso.date().nullable(),
  /** True where the workspace has its own figure in place of the default. */
  isOwn: z.boolean(),
});
/** Known limits, and every channel in use without one. */
export const limitsOutput = z.array(limitOutput);
export const saveLimitInput = marketplaceLimitSchema
  .pick({ channel: true, minutes: true, checkedOn: true })
  .extend({ source: z.string().trim().min(1).max(500) });
export const channelInput = z.object({ channel: z.string().trim().min(1).max(80) });

export const explainInput = z.object({ conversationId: z.uuid() });
/** Of the reply that is due now, else of the newest that was. Null = none was ever due. */
export const explainOutput = z
  .object({
    metric: metricSchema,
    state: deadlineStateSchema,
    startedAt: z.date(),
    /** Null = paused without a known end. */
    dueAt: z.date().nullable(),
    warnAt: z.date().nullable(),
    isOpen: z.boolean(),
    policyId: z.uuid().nullable(),
    /** In whose clocks the instants of the steps are to be shown; null = the reader's own. */
    timeZone: z.string().nullable(),
    steps: z.array(explainStepSchema),
  })
  .nullable();

/** "What if": policies as they would be, in their order; without an id for new ones. Calendars and limits are the saved ones. */
export const dryRunInput = z.object({ policies: z.array(savePolicyInput).max(100), days: z.number().int().min(1).max(90).default(30) });
const dryRunFigures = z.object({
  /** Replies that were due. */
  due: z.number(),
  late: z.number(),
  /** Conversations with at least one late reply. */
  lateConversations: z.number(),
});
export const dryRunOutput = z.object({
  conversations: z.number(),
  /** Only the newest conversations of the period were looked at. */
  isPartial: z.boolean(),
  /** With the policies as they are. */
  before: dryRunFigures,
  /** With those asked about. */
  after: dryRunFigures,
  /** Some that would be late, newest first. */
  examples: z.array(
    z.object({
      conversationId: z.uuid(),
      buyerName: z.string().nullable(),
      metric: metricSchema,
      startedAt: z.date(),
      dueAt: z.date(),
      endedAt: z.date().nullable(),
      policyName: z.string().nullable(),
    }),
  ),
});
export const idOutput = z.object({ id: z.uuid() });
export const doneOutput = z.object({ done: z.literal(true) });

export type TimeRange = z.infer<typeof timeRangeSchema>;
export type Weekday = z.infer<typeof weekdaySchema>;
export type WorkingCalendar = z.infer<typeof workingCalendarSchema>;
export type Metric = z.infer<typeof metricSchema>;
export type DeadlineState = z.infer<typeof deadlineStateSchema>;
export type PolicyConditions = z.infer<typeof policyConditionsSchema>;
export type SavePolicyInput = z.infer<typeof savePolicyInput>;
export type PolicyFields = Omit<SavePolicyInput, "id">;
export type CalendarView = z.infer<typeof calendarOutput>;
export type SaveCalendarInput = z.infer<typeof saveCalendarInput>;
export type LimitView = z.infer<typeof limitOutput>;
export type SaveLimitInput = z.infer<typeof saveLimitInput>;
export type Explanation = z.infer<typeof explainOutput>;
export type DryRunInput = z.infer<typeof dryRunInput>;
export type DryRun = z.infer<typeof dryRunOutput>;
export type DeadlinePolicy = z.infer<typeof policySchema>;
export type MarketplaceLimit = z.infer<typeof marketplaceLimitSchema>;
export type ExplainStep = z.infer<typeof explainStepSchema>;
