import { z } from "zod";
import { type TemplateVariable, unknownVariables } from "@/lib/reply-template";
import { type FollowUpRuleFields, type FollowUpRuleView, followUpRuleFields } from "@/server/follow-ups/schema";

export const RULE_TEXT_MAX = 2_000;
/** No person stands behind a planned message, so there is no agent's name to put in. */
export const RULE_VARIABLES: readonly TemplateVariable[] = ["buyer_name", "order_number", "product_name", "organization"];

export const ruleFormSchema = followUpRuleFields.extend({
  conditions: z.object({ channels: z.array(z.string()), connectionIds: z.array(z.string()), labelIds: z.array(z.string()), skus: z.array(z.string()) }),
  text: z
    .string()
    .trim()
    .min(1)
    .max(RULE_TEXT_MAX)
    .refine((text) => unknownVariables(text).length === 0),
});
export type RuleForm = z.infer<typeof ruleFormSchema>;
export type RuleKind = FollowUpRuleFields["kind"];

/** With what each kind of rule begins; days from the product's own experience, texts from the catalogues. */
const BEGINNINGS: Readonly<Record<RuleKind, Pick<RuleForm, "trigger" | "delayDays" | "frequencyCapDays">>> = {
  after_resolve: { trigger: "resolved", delayDays: 3, frequencyCapDays: 14 },
  cross_sell: { trigger: "order_delivered", delayDays: 7, frequencyCapDays: 30 },
  retention: { trigger: "order_delivered", delayDays: 14, frequencyCapDays: 30 },
  own: { trigger: "resolved", delayDays: 3, frequencyCapDays: 14 },
};

/** A new rule sleeps until somebody has tried it. */
export function newRule(kind: RuleKind, words: { readonly name: string; readonly text: string }): RuleForm {
  return {
    ...words,
    ...BEGINNINGS[kind],
    kind,
    isActive: false,
    conditions: { channels: [], connectionIds: [], labelIds: [], skus: [] },
    quietHours: { from: "21:00", to: "09:00" },
    holdoutPercent: 10,
  };
}

export function toRuleForm({ id: _id, updatedAt: _updatedAt, warnings: _warnings, ...fields }: FollowUpRuleView): RuleForm {
  return fields;
}

/** One article number a line or comma. */
export function parseSkus(text: string): string[] {
  return [...new Set(text.split(/[\n,;]+/).map((sku) => sku.trim()))].filter((sku) => sku !== "");
}
