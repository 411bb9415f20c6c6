import { z } from "zod";
import { defineEvent } from "@/server/platform/events";

/** Something waits to be sent in this conversation. Emitted in the transaction that wrote it. */
export const sendRequested = defineEvent("inbox/send.requested", z.object({ workspaceId: z.uuid(), conversationId: z.uuid(), messageId: z.uuid() }));

/** A message is held back until `at`: to be taken back, or to be sent later. */
export const sendScheduled = defineEvent(
  "inbox/send.scheduled",
  z.object({ workspaceId: z.uuid(), conversationId: z.uuid(), messageId: z.uuid(), at: z.iso.datetime() }),
);

/** A message of ours was refused, or only a person can tell what became of it. */
export const sendFailed = defineEvent(
  "inbox/send.failed",
  z.object({ workspaceId: z.uuid(), conversationId: z.uuid(), messageId: z.uuid(), authorUserId: z.uuid().nullable(), code: z.string() }),
);

/** A person has read a conversation up to this buyer's message; the service may be told. */
export const readRequested = defineEvent(
  "inbox/conversation.read",
  z.object({ workspaceId: z.uuid(), conversationId: z.uuid(), messageExternalId: z.string() }),
);

/** A person or a rule settled a conversation: the count of days for follow-ups begins. */
export const conversationResolved = defineEvent(
  "inbox/conversation.resolved",
  z.object({ workspaceId: z.uuid(), conversationId: z.uuid(), at: z.iso.datetime() }),
);

/** Buyers' messages were stored that are news, not history: at most an hour old. One event a conversation and ingest. */
export const messageReceived = defineEvent(
  "inbox/message.received",
  z.object({ workspaceId: z.uuid(), conversationId: z.uuid(), count: z.number().int().min(1) }),
);

/** A conversation was given to a person; `byUserId` null = in turn, by a rule. Not emitted for what somebody takes for themselves. */
export const conversationAssigned = defineEvent(
  "inbox/conversation.assigned",
  z.object({ workspaceId: z.uuid(), conversationId: z.uuid(), assigneeId: z.uuid(), teamId: z.uuid().nullable(), byUserId: z.uuid().nullable() }),
);

/** A private note names people who were not named in it before. */
export const noteMentioned = defineEvent(
  "inbox/note.mentioned",
  z.object({ workspaceId: z.uuid(), conversationId: z.uuid(), noteId: z.uuid(), userIds: z.array(z.uuid()), byUserId: z.uuid() }),
);
