"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Controller, type UseFormReturn } from "react-hook-form";
import { pauseOnSchema } from "@/server/deadlines/schema";
import { useTRPC } from "../../providers/trpc-provider";
import { Checkbox } from "../../ui/checkbox";
import { Field } from "../../ui/field";
import { Select } from "../../ui/select";
import { DurationInput } from "../parts/duration-input";
import type { PolicyForm } from "./policy-form";

const BEGINNINGS = { firstReplyMinutes: 60, nextReplyMinutes: 240 } as const;
const AROUND_THE_CLOCK = "always";

/** By when, counted in whose hours, and what stops the clock. */
export function PolicyTargets({ form }: { readonly form: UseFormReturn<PolicyForm> }) {
  const t = useTranslations("automations.deadlines");
  const trpc = useTRPC();
  const calendars = useQuery(trpc.deadlines.calendars.list.queryOptions());
  const hours = [{ value: AROUND_THE_CLOCK, label: t("aroundTheClock") }, ...(calendars.data ?? []).map(({ id, name }) => ({ value: id, label: name }))];
  return (
    <div className="flex flex-col gap-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <Target form={form} name="firstReplyMinutes" />
        <Target form={form} name="nextReplyMinutes" />
      </div>
      {form.formState.errors.firstReplyMinutes === undefined ? null : <p className="text-sm text-failed-text">{t("invalid.target")}</p>}
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label={t("calendar")}
          help={t.rich("calendarHelp", {
            link: (chunks) => (
              <Link href="/automations/hours" className="text-accent-text underline underline-offset-2">
                {chunks}
              </Link>
            ),
          })}
        >
          <Controller
            control={form.control}
            name="calendarId"
            render={({ field }) => (
              <Select
                options={hours}
                value={field.value ?? AROUND_THE_CLOCK}
                onValueChange={(value) => field.onChange(value === AROUND_THE_CLOCK ? null : value)}
              />
            )}
          />
        </Field>
        <Controller
          control={form.control}
          name="pauseOn"
          render={({ field }) => (
            <fieldset className="flex flex-col gap-1.5">
              <legend className="mb-1.5 text-sm font-medium">{t("pauses")}</legend>
              {pauseOnSchema.options.map((reason) => (
                <Checkbox
                  key={reason}
                  label={t(`pauseOn.${reason}`)}
                  checked={field.value.includes(reason)}
                  onCheckedChange={(checked) => field.onChange(checked ? [...field.value, reason] : field.value.filter((one) => one !== reason))}
                />
              ))}
            </fieldset>
          )}
        />
      </div>
    </div>
  );
}

function Target({ form, name }: { readonly form: UseFormReturn<PolicyForm>; readonly name: "firstReplyMinutes" | "nextReplyMinutes" }) {
  const t = useTranslations("automations.deadlines");
  return (
    <Controller
      control={form.control}
      name={name}
      render={({ field: { value, onChange } }) => (
        <div className="flex flex-col gap-1.5">
          <Checkbox
            label={<span className="font-medium">{t(name)}</span>}
            hint={t(`${name}Hint`)}
            checked={value !== null}
            onCheckedChange={(on) => onChange(on ? BEGINNINGS[name] : null)}
          />
          {value === null ? null : (
            <span className="pl-6">
              <DurationInput label={t(name)} minutes={value} onMinutesChange={onChange} />
            </span>
          )}
        </div>
      )}
    />
  );
}
