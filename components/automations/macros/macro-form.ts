import { z } from "zod";
import { unknownVariables } from "@/lib/reply-template";
import { type MacroAction, type MacroView, macroActionsSchema, type SaveMacroInput } from "@/server/replies/schema";

export const TEXT_MAX = 4_000;
/** In the order in which the menu offers them. */
export const ACTION_KINDS = ["reply", "note", "assign_me", "assign", "label", "priority", "snooze", "status"] as const satisfies readonly MacroAction["kind"][];
export type ActionKind = (typeof ACTION_KINDS)[number];

/** What a step begins with when it is added. */
export const NEW_ACTION: Readonly<Record<ActionKind, MacroAction>> = {
  reply: { kind: "reply", text: "" },
  note: { kind: "note", text: "" },
  assign_me: { kind: "assign_me" },
  assign: { kind: "assign", assigneeId: null, teamId: null },
  label: { kind: "label", addLabelIds: [], removeLabelIds: [] },
  priority: { kind: "priority", priority: 3 },
  snooze: { kind: "snooze", hours: 24 },
  status: { kind: "status", status: "resolved" },
};

function isComplete(action: MacroAction): boolean {
  if (action.kind === "label") return action.addLabelIds.length + action.removeLabelIds.length > 0;
  if (action.kind === "reply" || action.kind === "note") return action.text.trim() !== "" && unknownVariables(action.text).length === 0;
  return true;
}

export const macroFormSchema = z.object({
  title: z.string().trim().min(1).max(120),
  actions: macroActionsSchema.refine((actions) => actions.every(isComplete)),
  channels: z.array(z.string()),
  isShared: z.boolean(),
});
export type MacroForm = z.infer<typeof macroFormSchema>;

export function toForm(macro: MacroView | null, mayShare: boolean): MacroForm {
  if (macro === null) return { title: "", actions: [NEW_ACTION.reply], channels: [], isShared: mayShare };
  const { title, actions, channels, isShared } = macro;
  return { title, actions, channels, isShared };
}

/** The reply comes first, wherever it was put: when it is refused nothing else is done. */
export function toInput(form: MacroForm, macroId: string | undefined): SaveMacroInput {
  const replies = form.actions.filter(({ kind }) => kind === "reply");
  return { ...form, actions: [...replies, ...form.actions.filter(({ kind }) => kind !== "reply")], macroId };
}

/** Kinds that may still be added: each but notes and labels makes sense once. */
export function addableKinds(actions: readonly MacroAction[]): ActionKind[] {
  const taken = new Set(actions.map(({ kind }) => kind));
  return ACTION_KINDS.filter((kind) => {
    if (kind === "note") return true;
    if (kind === "assign" || kind === "assign_me") return !taken.has("assign") && !taken.has("assign_me");
    return !taken.has(kind);
  });
}
