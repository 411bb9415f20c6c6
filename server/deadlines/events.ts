import { z } from "zod";
import { defineEvent } from "@/server/platform/events";
import { escalationSchema, metricSchema } from "./schema";

/** Policies, calendars or limits of a workspace are others now: what is due is to be computed anew. */
export const policyChanged = defineEvent("deadlines/policy.changed", z.object({ workspaceId: z.uuid() }));

const deadline = z.object({
  workspaceId: z.uuid(),
  conversationId: z.uuid(),
  deadlineId: z.uuid(),
  metric: metricSchema,
  /** ISO instant. */
  dueAt: z.iso.datetime(),
  /** Null = the marketplace's own limit. */
  policyId: z.uuid().nullable(),
});

/** A reply will be late soon. Once a deadline. */
export const deadlineWarned = defineEvent("deadlines/deadline.warned", deadline);

/** A reply is late. Once a deadline; not for what was long late when it was first seen. */
export const deadlineBreached = defineEvent("deadlines/deadline.breached", deadline.extend({ notify: escalationSchema.shape.notify }));
