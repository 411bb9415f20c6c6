import { z } from "zod";
import {
  BULK_IDS_MAX,
  channelKindSchema,
  conversationFilterSchema,
  conversationStatusSchema,
  labelColorSchema,
  labelOutput,
  namedSchema,
  prioritySchema,
  settableStatusSchema,
} from "../schema";

/** What the browser sends to and gets from working together. UI takes types only from here; what it needs at run time is in ../schema. */
const title = z.string().trim().min(1).max(80);
const conversation = { conversationId: z.uuid() };
export const doneOutput = z.object({ ok: z.literal(true) });
export const createdOutput = z.object({ id: z.uuid() });

// Assignment, status, priority

/** What is absent stays as it is; null = nobody, no team. Given a team alone, a person outside of it is let go. */
export const assignInput = z.object({ ...conversation, assigneeId: z.uuid().nullable().optional(), teamId: z.uuid().nullable().optional() });
export const assignOutput = z.object({ assignee: namedSchema.nullable(), team: namedSchema.nullable() });
export const snoozeInput = z.object({ ...conversation, until: z.date() });
export const snoozeOutput = z.object({ status: conversationStatusSchema, snoozedUntil: z.date() });
export const setPriorityInput = z.object({ ...conversation, priority: prioritySchema });
export const priorityOutput = z.object({ priority: prioritySchema });

// Bulk

export const bulkActionSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("assign"), assigneeId: z.uuid().nullable().optional(), teamId: z.uuid().nullable().optional() }),
  z.object({ kind: z.literal("label"), addLabelIds: z.array(z.uuid()).max(20).default([]), removeLabelIds: z.array(z.uuid()).max(20).default([]) }),
  z.object({ kind: z.literal("status"), status: settableStatusSchema }),
  z.object({ kind: z.literal("snooze"), until: z.date() }),
  z.object({ kind: z.literal("priority"), priority: prioritySchema }),
  z.object({ kind: z.literal("read") }),
  z.object({ kind: z.literal("unread") }),
]);
/** The conversations selected, or everything that matches a filter. */
export const bulkInput = z.object({
  target: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("conversations"), conversationIds: z.array(z.uuid()).min(1).max(BULK_IDS_MAX) }),
    z.object({ kind: z.literal("filter"), filter: conversationFilterSchema }),
  ]),
  action: bulkActionSchema,
});
/** found = within the asking person's scope; of those, `changed` are different now (closed ones, or equal before, are not). */
export const bulkOutput = z.object({ found: z.number(), changed: z.number(), changedIds: z.array(z.uuid()) });

// Labels

export const labelListOutput = z.array(labelOutput.extend({ createdAt: z.date() }));
export const labelCreateInput = z.object({ name: title, color: labelColorSchema });
export const labelUpdateInput = z.object({ labelId: z.uuid(), name: title, color: labelColorSchema });
export const labelIdInput = z.object({ labelId: z.uuid() });
export const setLabelsInput = z.object({
  ...conversation,
  addLabelIds: z.array(z.uuid()).max(20).default([]),
  removeLabelIds: z.array(z.uuid()).max(20).default([]),
});
export const setLabelsOutput = z.object({ labels: z.array(labelOutput) });

// People, teams, rules

/** offline follows from silence: no sign of life for five minutes. */
export const availabilitySchema = z.enum(["online", "away", "offline"]);
/** Everybody a conversation can be given to or who can be mentioned. */
export const peopleOutput = z.array(
  z.object({
    userId: z.uuid(),
    name: z.string(),
    isYou: z.boolean(),
    /** False for those who only read. */
    canBeAssigned: z.boolean(),
    availability: availabilitySchema,
    /** Open conversations at once; null = no limit. */
    capacity: z.number().nullable(),
    openConversations: z.number(),
    teamIds: z.array(z.uuid()),
  }),
);
export const heartbeatOutput = z.object({ availability: availabilitySchema });
export const setAvailabilityInput = z.object({ availability: z.enum(["online", "away"]) });
export const setCapacityInput = z.object({ userId: z.uuid(), capacity: z.number().int().min(0).max(1_000).nullable() });

const teamFields = { name: title, autoAssign: z.boolean(), memberIds: z.array(z.uuid()).max(200) };
export const teamListOutput = z.array(z.object({ id: z.uuid(), ...teamFields, createdAt: z.date() }));
export const teamCreateInput = z.object(teamFields);
export const teamUpdateInput = z.object({ teamId: z.uuid(), ...teamFields });
export const teamIdInput = z.object({ teamId: z.uuid() });

const ruleFields = { teamId: z.uuid(), channels: z.array(z.string().max(60)).max(40), connectionIds: z.array(z.uuid()).max(100) };
/** In their order: the first that fits decides; empty lists fit everything. */
export const ruleListOutput = z.array(z.object({ id: z.uuid(), ...ruleFields }));
export const rulesSaveInput = z.object({ rules: z.array(z.object(ruleFields)).max(100) });

// Notes

export const NOTE_MAX = 10_000;
const noteText = z.string().trim().min(1).max(NOTE_MAX);
const mentions = z.array(z.uuid()).max(50).default([]);
export const noteOutput = z.object({
  id: z.uuid(),
  conversationId: z.uuid(),
  author: namedSchema,
  isYours: z.boolean(),
  text: z.string(),
  mentions: z.array(namedSchema),
  createdAt: z.date(),
  editedAt: z.date().nullable(),
});
/** Of the whole merged thread, oldest first. */
export const noteListOutput = z.array(noteOutput);
export const noteCreateInput = z.object({ ...conversation, text: noteText, mentionIds: mentions });
export const noteEditInput = z.object({ noteId: z.uuid(), text: noteText, mentionIds: mentions });
export const noteIdInput = z.object({ noteId: z.uuid() });

// History

export const historyCursorSchema = z.object({ at: z.date(), id: z.uuid() });
export const historyInput = z.object({ ...conversation, cursor: historyCursorSchema.optional(), limit: z.number().int().min(1).max(200).default(50) });
/** Newest first. `data` by type: see server/inbox/team/README.md. */
export const historyOutput = z.object({
  events: z.array(
    z.object({
      id: z.uuid(),
      conversationId: z.uuid(),
      at: z.date(),
      actorKind: z.enum(["user", "rule", "service", "system"]),
      /** Null for rules, services, the system, and people who are not members any more. */
      actor: namedSchema.nullable(),
      type: z.string(),
      data: z.record(z.string(), z.json()),
    }),
  ),
  nextCursor: historyCursorSchema.nullable(),
});

// Merging

export const mergeInput = z.object({ headId: z.uuid(), conversationIds: z.array(z.uuid()).min(1).max(20) });
export const mergeOutput = z.object({ headId: z.uuid(), mergedCount: z.number() });
export const suggestionsOutput = z.array(
  z.object({
    id: z.uuid(),
    channel: z.string(),
    kind: channelKindSchema,
    connectionId: z.uuid(),
    buyerName: z.string().nullable(),
    orderNumber: z.string().nullable(),
    status: conversationStatusSchema,
    lastMessageAt: z.date(),
    lastMessagePreview: z.string(),
    reason: z.enum(["same_buyer", "same_order"]),
  }),
);

// Presence

export const activitySchema = z.enum(["viewing", "typing"]);
export const presenceTouchInput = z.object({ ...conversation, activity: activitySchema });
/** Others than the asking person. `until`: gone after that unless they say so again; ask again then. */
export const presenceOutput = z.array(z.object({ userId: z.uuid(), name: z.string(), activity: activitySchema, until: z.date() }));

// Drafts

export const draftKindSchema = z.enum(["reply", "note"]);
export const draftListOutput = z.array(z.object({ kind: draftKindSchema, text: z.string(), updatedAt: z.date() }));
/** Empty text removes it. */
export const draftSaveInput = z.object({ ...conversation, kind: draftKindSchema, text: z.string().max(20_000) });
export const draftSaveOutput = z.object({ updatedAt: z.date() });

// The right drawer

export const contextOutput = z.object({
  buyer: z.object({ name: z.string().nullable(), ref: z.string().nullable() }),
  orderNumber: z.string().nullable(),
  product: z.object({ sku: z.string().nullable(), name: z.string().nullable(), offerId: z.string().nullable(), imageUrl: z.string().nullable() }).nullable(),
  /** The same buyer's at the same shop, newest first, as far as the asking person may see them. */
  earlier: z.array(
    z.object({
      id: z.uuid(),
      channel: z.string(),
      kind: channelKindSchema,
      status: conversationStatusSchema,
      orderNumber: z.string().nullable(),
      productName: z.string().nullable(),
      rating: z.number().nullable(),
      lastMessageAt: z.date(),
      lastMessagePreview: z.string(),
    }),
  ),
  /** Null when the asking person may not read sales. */
  sales: z
    .array(
      z.object({
        id: z.uuid(),
        kind: z.string(),
        date: z.string(),
        quantity: z.number(),
        revenueMinor: z.bigint(),
        currency: z.string(),
        sku: z.string().nullable(),
        productName: z.string().nullable(),
      }),
    )
    .nullable(),
});

export type Availability = z.infer<typeof availabilitySchema>;
export type BulkAction = z.infer<typeof bulkActionSchema>;
export type BulkInput = z.infer<typeof bulkInput>;
export type BulkResult = z.infer<typeof bulkOutput>;
export type ConversationContext = z.infer<typeof contextOutput>;
export type DraftKind = z.infer<typeof draftKindSchema>;
export type HistoryInput = z.infer<typeof historyInput>;
export type HistoryPage = z.infer<typeof historyOutput>;
export type Note = z.infer<typeof noteOutput>;
export type Person = z.infer<typeof peopleOutput>[number];
export type PresenceEntry = z.infer<typeof presenceOutput>[number];
export type RuleFields = z.infer<typeof rulesSaveInput>["rules"][number];
export type Suggestion = z.infer<typeof suggestionsOutput>[number];
export type TeamFields = z.infer<typeof teamCreateInput>;
