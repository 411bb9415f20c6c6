import { z } from "zod";

/** What the connection test learns, kept on the connection and read back here and nowhere else. */
const factsSchema = z.object({ ownCarrier: z.boolean().optional(), questions: z.boolean().optional(), environment: z.string().optional() });
export type HepsiburadaFacts = z.output<typeof factsSchema>;

export function readFacts(facts: Readonly<Record<string, unknown>>): HepsiburadaFacts {
  const parsed = factsSchema.safeParse(facts);
  return parsed.success ? parsed.data : {};
}

/** In the service's own words; off by default, the seller asks support for it [T]. */
export const QUESTIONS_PERMISSION = "Satıcıya Sor";
export const FINANCE_PERMISSION = "Muhasebe";
