"use client";

import { useTranslations } from "next-intl";
import { Controller, type UseFormReturn } from "react-hook-form";
import { ChannelMark } from "../../ui/channel-mark";
import { Field } from "../../ui/field";
import { LabelDot } from "../../ui/label-chip";
import { MultiSelect, type MultiSelectOption } from "../../ui/multi-select";
import { useChannels } from "../parts/use-channels";
import { useChoices } from "../parts/use-choices";
import type { PolicyForm } from "./policy-form";

/** Whom the policy means; what is left open means all. */
export function PolicyConditionFields({ form }: { readonly form: UseFormReturn<PolicyForm> }) {
  const { options: channels } = useChannels();
  const { shops, labels, teams } = useChoices();
  return (
    <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
      <Condition form={form} name="channels" options={channels} />
      <Condition
        form={form}
        name="connectionIds"
        options={shops.map(({ id, name, system }) => ({ value: id, label: name, icon: <ChannelMark system={system} size="sm" /> }))}
      />
      <Condition form={form} name="labelIds" options={labels.map(({ id, name, color }) => ({ value: id, label: name, icon: <LabelDot color={color} /> }))} />
      <Condition form={form} name="teamIds" options={teams.map(({ id, name }) => ({ value: id, label: name }))} />
    </div>
  );
}

interface ConditionProps {
  readonly form: UseFormReturn<PolicyForm>;
  readonly name: keyof PolicyForm["conditions"];
  readonly options: readonly MultiSelectOption[];
}

function Condition({ form, name, options }: ConditionProps) {
  const t = useTranslations("automations.deadlines.conditions");
  return (
    <Field label={t(`${name}.label`)}>
      <Controller
        control={form.control}
        name={`conditions.${name}`}
        render={({ field }) => (
          <MultiSelect options={options} values={field.value} onValuesChange={field.onChange} none={t(`${name}.any`)} nothing={t(`${name}.nothing`)} />
        )}
      />
    </Field>
  );
}
