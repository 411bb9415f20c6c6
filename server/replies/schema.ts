import { z } from "zod";

/** Ready replies: what the browser sends and gets. Client-safe. */

/** Typed after # in the composer. */
const shortcutSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(40)
  .regex(/^[\p{L}\p{N}_-]+$/u);
const channelsSchema = z.array(z.string().max(60)).max(30);

export const templateOutput = z.object({
  id: z.uuid(),
  title: z.string(),
  shortcut: z.string().nullable(),
  text: z.string(),
  /** Channels it is offered in; empty = all. */
  channels: z.array(z.string()),
  isShared: z.boolean(),
  isMine: z.boolean(),
  useCount: z.number(),
  updatedAt: z.date(),
});

export const listTemplatesInput = z.object({
  /** Only what fits this channel. */
  channel: z.string().max(60).optional(),
  /** Words of title or text, or the beginning of a shortcut. */
  query: z.string().trim().max(100).default(""),
  limit: z.number().int().min(1).max(200).default(50),
});
/** Best match first: shortcut, title, text; then what is used most. */
export const listTemplatesOutput = z.object({ templates: z.array(templateOutput) });

export const saveTemplateInput = z.object({
  templateId: z.uuid().optional(),
  title: z.string().trim().min(1).max(120),
  shortcut: shortcutSchema.nullable(),
  text: z.string().trim().min(1).max(4_000),
  channels: channelsSchema,
  isShared: z.boolean(),
});
/** Words the guard would stop: the template is saved, and says so before a buyer is involved. */
export const saveTemplateOutput = z.object({ id: z.uuid(), warnings: z.array(z.object({ kind: z.string(), matched: z.string() })) });

export const templateIdInput = z.object({ templateId: z.uuid() });

export type TemplateView = z.infer<typeof templateOutput>;
export type ListTemplatesInput = z.infer<typeof listTemplatesInput>;
export type SaveTemplateInput = z.infer<typeof saveTemplateInput>;
