import { z } from "zod";
import { conversationSummaryOutput } from "../inbox/schema";
import { healthOutput } from "../integrations/schema";

/** Where a line of the page leads; an address inside the app. */
const target = z.string();

/** A part is null when the person's role does not show it to them. */
export const homeSummaryOutput = z.object({
  waiting: z
    .object({ count: z.number(), overdue: z.number(), longestSince: z.date().nullable(), first: z.array(conversationSummaryOutput.extend({ target })), target })
    .nullable(),
  connections: z
    .object({
      failing: z.array(z.object({ id: z.uuid(), name: z.string(), connectorId: z.string(), health: healthOutput, target })),
      expiring: z.array(
        z.object({
          id: z.uuid(),
          name: z.string(),
          connectorId: z.string(),
          expiresAt: z.date(),
          daysLeft: z.number(),
          level: z.enum(["soon", "expired"]),
          target,
        }),
      ),
      syncs: z.array(
        z.object({
          connectionId: z.uuid(),
          name: z.string(),
          stream: z.string(),
          status: z.enum(["running", "failed"]),
          at: z.date().nullable(),
          errorCode: z.string().nullable(),
          target,
        }),
      ),
      total: z.number(),
    })
    .nullable(),
  revenue: z
    .object({
      /** In the workspace's own calendar. */
      day: z.iso.date(),
      comparedWith: z.iso.date(),
      currencies: z.array(z.object({ currency: z.string(), todayMinor: z.bigint(), weekAgoMinor: z.bigint() })),
      target,
    })
    .nullable(),
});
export type HomeSummary = z.infer<typeof homeSummaryOutput>;
