"use client";

import { useTranslations } from "next-intl";
import { Controller, type UseFormReturn } from "react-hook-form";
import { followUpTriggerSchema } from "@/server/follow-ups/schema";
import { Input } from "../../ui/input";
import { MultiSelect } from "../../ui/multi-select";
import { Select } from "../../ui/select";
import { useChannels } from "../parts/use-channels";
import type { RuleForm } from "./rule-form";

/** "3 days after a conversation is resolved, in Ozon chats, send": each part of the sentence can be changed where it stands. */
export function RuleSentence({ form }: { readonly form: UseFormReturn<RuleForm> }) {
  const t = useTranslations("automations.followUps");
  const { options } = useChannels();
  const days = (
    <Controller
      control={form.control}
      name="delayDays"
      render={({ field, fieldState }) => (
        <span className="inline-flex items-center gap-1.5">
          <Input
            type="number"
            inputMode="numeric"
            min={1}
            max={90}
            aria-label={t("delay")}
            aria-invalid={fieldState.invalid}
            className="tabular w-16"
            value={Number.isNaN(field.value) ? "" : field.value}
            onChange={(event) => field.onChange(event.currentTarget.valueAsNumber)}
          />
          {t("dayWord", { days: Number.isNaN(field.value) ? 0 : field.value })}
        </span>
      )}
    />
  );
  const trigger = (
    <Controller
      control={form.control}
      name="trigger"
      render={({ field }) => (
        <Select
          className="w-auto max-w-full"
          label={t("trigger")}
          value={field.value}
          onValueChange={field.onChange}
          options={followUpTriggerSchema.options.map((value) => ({ value, label: t(`triggers.${value}`) }))}
        />
      )}
    />
  );
  const channels = (
    <Controller
      control={form.control}
      name="conditions.channels"
      render={({ field }) => (
        <MultiSelect
          className="w-auto max-w-full sm:max-w-72"
          label={t("channels")}
          options={options}
          values={field.value}
          onValuesChange={field.onChange}
          none={t("anyChannel")}
        />
      )}
    />
  );
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-2 rounded-lg bg-sunken px-4 py-3 text-base leading-8">
      {t.rich("sentence", { days: () => days, trigger: () => trigger, channels: () => channels })}
    </div>
  );
}
