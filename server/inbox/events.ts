import { z } from "zod";
import { defineEvent } from "@/server/platform/events";

/** Something waits to be sent in this conversation. Emitted in the transaction that wrote it. */
export const sendRequested = defineEvent("inbox/send.requested", z.object({ workspaceId: z.uuid(), conversationId: z.uuid(), messageId: z.uuid() }));

/** A person has read a conversation up to this buyer's message; the service may be told. */
export const readRequested = defineEvent(
  "inbox/conversation.read",
  z.object({ workspaceId: z.uuid(), conversationId: z.uuid(), messageExternalId: z.string() }),
);
