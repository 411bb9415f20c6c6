"use client";

import { useTranslations } from "next-intl";
import { Controller, type UseFormReturn } from "react-hook-form";
import { Checkbox } from "../../ui/checkbox";
import { Field } from "../../ui/field";
import { Select } from "../../ui/select";
import { DurationInput } from "../parts/duration-input";
import type { PolicyForm } from "./policy-form";

const AUDIENCES = ["assignee", "team", "admins"] as const;
const PRIORITIES = ["1", "2", "3", "4"] as const;
const KEEP = "keep";

/** When it is called near, and what happens when it is late. */
export function PolicyEscalation({ form }: { readonly form: UseFormReturn<PolicyForm> }) {
  const t = useTranslations("automations.deadlines");
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label={t("warnBefore")} help={t("warnBeforeHelp")}>
        <Controller
          control={form.control}
          name="warnBeforeMinutes"
          render={({ field }) => <DurationInput label={t("warnBefore")} min={0} minutes={field.value} onMinutesChange={field.onChange} />}
        />
      </Field>
      <Field label={t("raise")} help={t("raiseHelp")}>
        <Controller
          control={form.control}
          name="escalation.raisePriorityTo"
          render={({ field }) => (
            <Select
              options={[{ value: KEEP, label: t("keepPriority") }, ...PRIORITIES.map((value) => ({ value, label: t(`priorities.${value}`) }))]}
              value={field.value === null ? KEEP : String(field.value)}
              onValueChange={(value) => field.onChange(value === KEEP ? null : Number(value))}
            />
          )}
        />
      </Field>
      <Controller
        control={form.control}
        name="escalation.notify"
        render={({ field }) => (
          <fieldset className="flex flex-col gap-1.5 sm:col-span-2">
            <legend className="mb-1.5 text-sm font-medium">{t("tell")}</legend>
            <div className="flex flex-wrap gap-x-6 gap-y-1.5">
              {AUDIENCES.map((audience) => (
                <Checkbox
                  key={audience}
                  label={t(`audiences.${audience}`)}
                  checked={field.value.includes(audience)}
                  onCheckedChange={(checked) => field.onChange(checked ? [...field.value, audience] : field.value.filter((one) => one !== audience))}
                />
              ))}
            </div>
          </fieldset>
        )}
      />
    </div>
  );
}
