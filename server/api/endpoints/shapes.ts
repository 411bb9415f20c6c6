import { z } from "zod";

export const none = z.object({});
export const limitShape = z.coerce.number().int().min(1).max(100).default(50).meta({ description: "Rows a page." });
export const cursorShape = z.string().max(500).optional().meta({ description: "The nextCursor of the page before." });
/** Text, so that the same moment means the same everywhere. */
export const instantShape = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
export const manyIds = z.array(z.uuid()).max(100).optional().meta({ description: "Only of these; may be named several times." });
export const searchShape = z.string().trim().max(200).optional().meta({ description: "Found in names and numbers." });

export function pageOf<T extends z.ZodType>(row: T) {
  return z.object({ data: z.array(row), nextCursor: z.string().nullable() });
}

export const page = (schema: z.ZodType) => ({ 200: { description: "One page.", schema: pageOf(schema) } });
