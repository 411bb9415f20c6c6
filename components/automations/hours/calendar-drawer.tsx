"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useMemo } from "react";
import { Controller, useForm, useWatch } from "react-hook-form";
import { timeZoneOptions } from "@/lib/i18n/regions";
import type { CalendarView } from "@/server/deadlines/schema";
import { FormFrame } from "../../layout/form-frame";
import { useTRPC } from "../../providers/trpc-provider";
import { Combobox } from "../../ui/combobox";
import { Field } from "../../ui/field";
import { Input } from "../../ui/input";
import { toast } from "../../ui/toast";
import { FormSection } from "../parts/form-section";
import { type CalendarForm, calendarFormSchema, rangesFault, WEEKDAYS } from "./calendar-form";
import { HolidayFields } from "./holiday-fields";
import { WeekFields } from "./week-fields";
import { WeekPreview } from "./week-preview";

export interface CalendarDrawerProps {
  /** A saved one, or what a new one begins with. */
  readonly calendar: CalendarView | CalendarForm;
  readonly isNew: boolean;
  readonly onClose: () => void;
}

const isSound = ({ week, holidays }: CalendarForm): boolean =>
  WEEKDAYS.every((day) => rangesFault(week[day]) === null) && holidays.every(({ ranges }) => rangesFault(ranges ?? []) === null);

export function CalendarDrawer({ calendar, isNew, onClose }: CalendarDrawerProps) {
  const t = useTranslations("automations.hours");
  const locale = useLocale();
  const queryClient = useQueryClient();
  const trpc = useTRPC();
  const save = useMutation(
    trpc.deadlines.calendars.save.mutationOptions({
      onSuccess: () => {
        toast.done(t("saved"), { description: t("savedHint") });
        onClose();
        return queryClient.invalidateQueries(trpc.deadlines.pathFilter());
      },
    }),
  );
  const form = useForm<CalendarForm>({ resolver: zodResolver(calendarFormSchema), defaultValues: calendar });
  const { errors } = form.formState;
  const zones = useMemo(() => timeZoneOptions(locale), [locale]);
  const week = useWatch({ control: form.control, name: "week" });
  // Hours that overlap are said where they stand.
  const submit = form.handleSubmit((values) => (isSound(values) ? save.mutate(values) : undefined));
  return (
    <FormFrame as="drawer" title={isNew ? t("newTitle") : t("editTitle")} onClose={onClose} onSubmit={submit} error={save.error} isPending={save.isPending}>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t("name")} error={errors.name && t("invalid.name")}>
          <Input autoFocus {...form.register("name")} />
        </Field>
        <Field label={t("timeZone")} error={errors.timeZone && t("invalid.timeZone")}>
          <Controller
            control={form.control}
            name="timeZone"
            render={({ field }) => <Combobox options={zones} value={field.value} onValueChange={field.onChange} nothing={t("noTimeZone")} />}
          />
        </Field>
      </div>
      <FormSection title={t("week")} description={t("weekHint")}>
        <Controller control={form.control} name="week" render={({ field }) => <WeekFields week={field.value} onWeekChange={field.onChange} />} />
        <WeekPreview week={week} className="rounded-lg border px-4 py-3" />
      </FormSection>
      <FormSection title={t("holidays")} description={t("holidaysHint")}>
        <Controller
          control={form.control}
          name="holidays"
          render={({ field }) => <HolidayFields holidays={field.value} onHolidaysChange={field.onChange} showInvalid={errors.holidays !== undefined} />}
        />
        {errors.holidays === undefined ? null : <p className="text-sm text-failed-text">{t("invalid.holidays")}</p>}
      </FormSection>
    </FormFrame>
  );
}
