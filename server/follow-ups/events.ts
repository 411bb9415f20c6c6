import { z } from "zod";
import { defineEvent } from "@/server/platform/events";

const ref = z.object({ workspaceId: z.uuid(), followUpId: z.uuid(), conversationId: z.uuid(), dueAt: z.iso.datetime() });

/** A follow-up was planned. Emitted in the transaction that wrote it. */
export const followUpScheduled = defineEvent("follow-ups/follow-up.scheduled", ref);

/** It will not be sent: the buyer wrote, or a person took it back. */
export const followUpCancelled = defineEvent("follow-ups/follow-up.cancelled", ref.pick({ workspaceId: true, followUpId: true }));
