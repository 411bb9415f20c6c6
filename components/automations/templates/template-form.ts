import { z } from "zod";
import { unknownVariables } from "@/lib/reply-template";
import type { SaveTemplateInput, TemplateView } from "@/server/replies/schema";

export const TEXT_MAX = 4_000;

/** As people fill it in: an empty shortcut is none. */
export const templateFormSchema = z.object({
  title: z.string().trim().min(1).max(120),
  shortcut: z
    .string()
    .trim()
    .toLowerCase()
    .max(40)
    .regex(/^[\p{L}\p{N}_-]*$/u),
  text: z
    .string()
    .trim()
    .min(1)
    .max(TEXT_MAX)
    .refine((text) => unknownVariables(text).length === 0),
  channels: z.array(z.string()),
  isShared: z.boolean(),
});
export type TemplateForm = z.infer<typeof templateFormSchema>;

export function toForm(template: TemplateView | null, mayShare: boolean): TemplateForm {
  if (template === null) return { title: "", shortcut: "", text: "", channels: [], isShared: mayShare };
  const { title, shortcut, text, channels, isShared } = template;
  return { title, shortcut: shortcut ?? "", text, channels, isShared };
}

export function toInput(form: TemplateForm, templateId: string | undefined): SaveTemplateInput {
  return { ...form, shortcut: form.shortcut === "" ? null : form.shortcut, templateId };
}
