import { z } from "zod";

/** What the connection test learns, kept on the connection and read back here and nowhere else. */
const factsSchema = z.object({
  marketId: z.string().optional(),
  marketTitle: z.string().optional(),
  /** Ukrainian names of the statuses, as the service's own directory has them. */
  statuses: z.record(z.string(), z.string()).optional(),
});
export type RozetkaFacts = z.output<typeof factsSchema>;

export function readFacts(facts: Readonly<Record<string, unknown>>): RozetkaFacts {
  const parsed = factsSchema.safeParse(facts);
  return parsed.success ? parsed.data : {};
}
