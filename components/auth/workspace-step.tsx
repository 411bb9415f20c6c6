"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useLocale, useTranslations } from "next-intl";
import { useMemo } from "react";
import { Controller, useForm } from "react-hook-form";
import { z } from "zod";
import { browserTimeZone, COUNTRIES, countryOptions, currencyOptions, isCountry, timeZoneOptions } from "@/lib/i18n/regions";
import { timeZoneSchema } from "@/server/access/schema";
import { Button } from "../ui/button";
import { Combobox } from "../ui/combobox";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Notice } from "../ui/notice";
import { Select } from "../ui/select";

const title = z.string().trim().min(1).max(120);
const formSchema = z.object({
  workspaceName: title,
  organizationName: title,
  country: z.string().length(2),
  currency: z.string().length(3),
  timeZone: timeZoneSchema,
});
export type WorkspaceValues = z.infer<typeof formSchema>;

const homes: Readonly<Record<string, keyof typeof COUNTRIES>> = { ru: "RU", uk: "UA", tr: "TR" };

export interface WorkspaceStepProps {
  readonly failure: string | null;
  readonly onBack: () => void;
  readonly onDone: (values: WorkspaceValues) => Promise<void>;
}

export function WorkspaceStep({ failure, onBack, onDone }: WorkspaceStepProps) {
  const t = useTranslations("auth");
  const locale = useLocale();
  const country = homes[locale] ?? "RU";
  const ownZone = browserTimeZone();
  const form = useForm<WorkspaceValues>({
    resolver: zodResolver(formSchema),
    defaultValues: {
      workspaceName: "",
      organizationName: "",
      country,
      currency: COUNTRIES[country].currency,
      timeZone: ownZone === "UTC" ? COUNTRIES[country].timeZone : ownZone,
    },
  });
  const { errors, isSubmitting } = form.formState;
  const zones = useMemo(() => timeZoneOptions(locale), [locale]);
  const chooseCountry = (next: string) => {
    const before = form.getValues();
    form.setValue("country", next);
    if (!isCountry(next)) return;
    form.setValue("currency", COUNTRIES[next].currency);
    // A zone that came with the country leaves with it; one that was chosen, or the browser's own, stays.
    const followed = isCountry(before.country) && before.timeZone === COUNTRIES[before.country].timeZone;
    if (followed) form.setValue("timeZone", COUNTRIES[next].timeZone);
  };
  return (
    <form noValidate onSubmit={(event) => void form.handleSubmit(onDone)(event)} className="flex flex-col gap-4">
      {failure === null ? null : (
        <Notice tone="failed" live>
          {failure}
        </Notice>
      )}
      <Field label={t("fields.workspaceName")} help={t("help.workspaceName")} error={errors.workspaceName && t("invalid.title")}>
        <Input size="lg" autoComplete="organization" autoFocus {...form.register("workspaceName")} />
      </Field>
      <Field label={t("fields.organizationName")} help={t("help.organizationName")} error={errors.organizationName && t("invalid.title")}>
        <Input size="lg" {...form.register("organizationName")} />
      </Field>
      <div className="grid grid-cols-2 gap-3">
        <Field label={t("fields.country")}>
          <Controller
            control={form.control}
            name="country"
            render={({ field }) => <Select size="lg" options={countryOptions(locale)} value={field.value} onValueChange={chooseCountry} />}
          />
        </Field>
        <Field label={t("fields.currency")}>
          <Controller
            control={form.control}
            name="currency"
            render={({ field }) => <Select size="lg" options={currencyOptions(locale)} value={field.value} onValueChange={field.onChange} />}
          />
        </Field>
      </div>
      <Field label={t("fields.timeZone")} help={t("help.timeZone")} error={errors.timeZone && t("invalid.timeZone")}>
        <Controller
          control={form.control}
          name="timeZone"
          render={({ field }) => <Combobox size="lg" options={zones} value={field.value} onValueChange={field.onChange} nothing={t("noTimeZone")} />}
        />
      </Field>
      <div className="mt-2 flex gap-2">
        <Button size="lg" onClick={onBack} disabled={isSubmitting}>
          {t("setup.back")}
        </Button>
        <Button type="submit" variant="primary" size="lg" pending={isSubmitting} className="flex-1">
          {t("setup.create")}
        </Button>
      </div>
    </form>
  );
}
