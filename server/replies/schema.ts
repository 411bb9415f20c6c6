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

const macroActionSchema = z.discriminatedUnion("kind", [
  /** Goes through the outbox like a person's: guard, channel rules, ten seconds to take it back. May hold placeholders. */
  z.object({ kind: z.literal("reply"), text: z.string().trim().min(1).max(4_000) }),
  z.object({ kind: z.literal("note"), text: z.string().trim().min(1).max(4_000) }),
  z.object({ kind: z.literal("assign"), assigneeId: z.uuid().nullable().optional(), teamId: z.uuid().nullable().optional() }),
  z.object({ kind: z.literal("assign_me") }),
  z.object({ kind: z.literal("label"), addLabelIds: z.array(z.uuid()).max(20), removeLabelIds: z.array(z.uuid()).max(20) }),
  z.object({ kind: z.literal("priority"), priority: z.number().int().min(0).max(4) }),
  z.object({ kind: z.literal("snooze"), hours: z.number().int().min(1).max(2_160) }),
  z.object({ kind: z.literal("status"), status: z.enum(["open", "pending", "resolved"]) }),
]);
/** One reply at most, and it comes first: when it is refused nothing else is done. */
export const macroActionsSchema = z
  .array(macroActionSchema)
  .min(1)
  .max(10)
  .refine((actions) => actions.filter(({ kind }) => kind === "reply").length <= 1, { message: "one reply at most" });

export const macroOutput = z.object({
  id: z.uuid(),
  title: z.string(),
  actions: macroActionsSchema,
  channels: z.array(z.string()),
  isShared: z.boolean(),
  isMine: z.boolean(),
  useCount: z.number(),
});
export const listMacrosInput = z.object({ channel: z.string().max(60).optional(), query: z.string().trim().max(100).default("") });
export const listMacrosOutput = z.object({ macros: z.array(macroOutput) });
export const saveMacroInput = z.object({
  macroId: z.uuid().optional(),
  title: z.string().trim().min(1).max(120),
  actions: macroActionsSchema,
  channels: channelsSchema,
  isShared: z.boolean(),
});
export const saveMacroOutput = z.object({ id: z.uuid() });
export const macroIdInput = z.object({ macroId: z.uuid() });
export const runMacroInput = z.object({ macroId: z.uuid(), conversationId: z.uuid(), sendId: z.uuid() });
/** `messageId`: the reply, held back for the seconds in which it can be taken back. */
export const runMacroOutput = z.object({ title: z.string(), messageId: z.uuid().nullable(), releaseAt: z.date().nullable() });

export type MacroOutcome = z.infer<typeof runMacroOutput>;
export type MacroAction = z.infer<typeof macroActionSchema>;
export type MacroView = z.infer<typeof macroOutput>;
export type ListMacrosInput = z.infer<typeof listMacrosInput>;
export type SaveMacroInput = z.infer<typeof saveMacroInput>;
export type TemplateView = z.infer<typeof templateOutput>;
export type ListTemplatesInput = z.infer<typeof listTemplatesInput>;
export type SaveTemplateInput = z.infer<typeof saveTemplateInput>;
