"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Controller, type UseFormReturn } from "react-hook-form";
import { ChannelMark } from "../../ui/channel-mark";
import { Field } from "../../ui/field";
import { Input } from "../../ui/input";
import { LabelDot } from "../../ui/label-chip";
import { MultiSelect } from "../../ui/multi-select";
import { Textarea } from "../../ui/textarea";
import { useChoices } from "../parts/use-choices";
import { parseSkus, type RuleForm } from "./rule-form";

/** Which conversations exactly: shops, labels, products. */
export function RuleConditions({ form }: { readonly form: UseFormReturn<RuleForm> }) {
  const t = useTranslations("automations.followUps");
  const common = useTranslations("common");
  const { shops, labels } = useChoices();
  return (
    <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
      <Field label={t("shops")}>
        <Controller
          control={form.control}
          name="conditions.connectionIds"
          render={({ field }) => (
            <MultiSelect
              options={shops.map(({ id, name, system }) => ({ value: id, label: name, icon: <ChannelMark system={system} size="sm" /> }))}
              values={field.value}
              onValuesChange={field.onChange}
              none={t("anyShop")}
              nothing={t("noShops")}
            />
          )}
        />
      </Field>
      <Field label={t("labels")}>
        <Controller
          control={form.control}
          name="conditions.labelIds"
          render={({ field }) => (
            <MultiSelect
              options={labels.map(({ id, name, color }) => ({ value: id, label: name, icon: <LabelDot color={color} /> }))}
              values={field.value}
              onValuesChange={field.onChange}
              none={t("anyLabel")}
              nothing={t("noLabels")}
            />
          )}
        />
      </Field>
      <Field label={t("skus")} note={common("optional")} help={t("skusHelp")} className="sm:col-span-2">
        <Controller control={form.control} name="conditions.skus" render={({ field }) => <SkuField skus={field.value} onSkusChange={field.onChange} />} />
      </Field>
    </div>
  );
}

function SkuField({ skus, onSkusChange }: { readonly skus: readonly string[]; readonly onSkusChange: (skus: string[]) => void }) {
  const [text, setText] = useState(() => skus.join("\n"));
  const change = (next: string) => {
    setText(next);
    onSkusChange(parseSkus(next));
  };
  return <Textarea rows={2} className="min-h-9 font-mono text-sm" value={text} onChange={(event) => change(event.currentTarget.value)} />;
}

/** How gently: the buyer's night, how often, and how many get nothing for comparison. */
export function RuleManners({ form }: { readonly form: UseFormReturn<RuleForm> }) {
  const t = useTranslations("automations.followUps");
  const { errors } = form.formState;
  return (
    <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
      <Field label={t("quietHours")} help={t("quietHoursHelp")} error={errors.quietHours && t("invalid.quietHours")} className="sm:col-span-2">
        <span className="flex items-center gap-2">
          <Input type="time" className="tabular w-28" aria-label={t("quietFrom")} {...form.register("quietHours.from")} />
          <span aria-hidden="true">–</span>
          <Input type="time" className="tabular w-28" aria-label={t("quietTo")} {...form.register("quietHours.to")} />
        </span>
      </Field>
      <Field label={t("cap")} help={t("capHelp")} error={errors.frequencyCapDays && t("invalid.cap")}>
        <Input type="number" inputMode="numeric" min={0} max={365} className="tabular w-24" {...form.register("frequencyCapDays", { valueAsNumber: true })} />
      </Field>
      <Field label={t("holdout")} help={t("holdoutHelp")} error={errors.holdoutPercent && t("invalid.holdout")}>
        <Input type="number" inputMode="numeric" min={0} max={50} className="tabular w-24" {...form.register("holdoutPercent", { valueAsNumber: true })} />
      </Field>
    </div>
  );
}
