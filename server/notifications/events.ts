import { z } from "zod";
import { defineEvent } from "@/server/platform/events";

/** Something waits to leave the house for one person on one channel. Emitted in the transaction that wrote it, or by the minute sweep. */
export const deliveryQueued = defineEvent(
  "notifications/delivery.queued",
  z.object({
    workspaceId: z.uuid(),
    userId: z.uuid(),
    channel: z.enum(["telegram", "email"]),
    /** `<user>:<channel>`: one talker to a person at a time. */
    target: z.string(),
    notBefore: z.iso.datetime(),
  }),
);

/** The bot is to be asked for news until this moment, or once when it has passed. */
export const telegramPollRequested = defineEvent("notifications/telegram.poll-requested", z.object({ workspaceId: z.uuid(), until: z.iso.datetime() }));
