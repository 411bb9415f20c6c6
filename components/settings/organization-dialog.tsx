"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useMemo } from "react";
import { Controller, useForm } from "react-hook-form";
import { z } from "zod";
import { COUNTRIES, countryOptions, currencyOptions, isCountry, timeZoneOptions } from "@/lib/i18n/regions";
import { timeZoneSchema } from "@/server/access/schema";
import { FormFrame } from "../layout/form-frame";
import { useSaved } from "../layout/use-saved";
import { useTRPC } from "../providers/trpc-provider";
import { Combobox } from "../ui/combobox";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Select } from "../ui/select";
import type { Organization } from "./organization-row";

const formSchema = z.object({
  name: z.string().trim().min(1).max(120),
  legalName: z.string().trim().max(200),
  taxId: z.string().trim().max(32),
  country: z.string().length(2),
  currency: z.string().length(3),
  timeZone: timeZoneSchema,
});
type FormValues = z.infer<typeof formSchema>;

const fresh: FormValues = { name: "", legalName: "", taxId: "", country: "RU", ...COUNTRIES.RU };

function useSave(organization: Organization | null, onClose: () => void) {
  const trpc = useTRPC();
  const settle = useSaved(trpc.access.organizations.pathFilter(), onClose);
  const create = useMutation(trpc.access.organizations.create.mutationOptions(settle));
  const update = useMutation(trpc.access.organizations.update.mutationOptions(settle));
  const save = (values: FormValues) => {
    const fields = { ...values, legalName: values.legalName === "" ? null : values.legalName, taxId: values.taxId === "" ? null : values.taxId };
    if (organization === null) create.mutate(fields);
    else update.mutate({ organizationId: organization.id, ...fields });
  };
  return { save, error: create.error ?? update.error, isPending: create.isPending || update.isPending };
}

/** Makes an organization, or changes one. */
export function OrganizationDialog({ organization, onClose }: { readonly organization: Organization | null; readonly onClose: () => void }) {
  const t = useTranslations("settings");
  const common = useTranslations("common");
  const locale = useLocale();
  const { save, error, isPending } = useSave(organization, onClose);
  const defaultValues = organization === null ? fresh : { ...organization, legalName: organization.legalName ?? "", taxId: organization.taxId ?? "" };
  const form = useForm<FormValues>({ resolver: zodResolver(formSchema), defaultValues });
  const { errors } = form.formState;
  const zones = useMemo(() => timeZoneOptions(locale), [locale]);
  const chooseCountry = (country: string) => {
    form.setValue("country", country);
    if (!isCountry(country)) return;
    form.setValue("currency", COUNTRIES[country].currency);
    form.setValue("timeZone", COUNTRIES[country].timeZone);
  };
  return (
    <FormFrame
      as="dialog"
      width="md"
      title={organization === null ? t("organizations.newTitle") : organization.name}
      description={organization === null ? t("organizations.newLead") : undefined}
      onClose={onClose}
      onSubmit={form.handleSubmit(save)}
      error={error}
      isPending={isPending}
      className="grid gap-4 sm:grid-cols-2"
    >
      <Field label={t("fields.organizationName")} error={errors.name && t("invalid.title")} className="sm:col-span-2">
        <Input autoFocus {...form.register("name")} />
      </Field>
      <Field label={t("fields.legalName")} note={common("optional")} error={errors.legalName && t("invalid.legalName")}>
        <Input {...form.register("legalName")} />
      </Field>
      <Field label={t("fields.taxId")} note={common("optional")} error={errors.taxId && t("invalid.taxId")}>
        <Input {...form.register("taxId")} />
      </Field>
      <Field label={t("fields.country")}>
        <Controller
          control={form.control}
          name="country"
          render={({ field }) => <Select options={countryOptions(locale, field.value)} value={field.value} onValueChange={chooseCountry} />}
        />
      </Field>
      <Field label={t("fields.currency")}>
        <Controller
          control={form.control}
          name="currency"
          render={({ field }) => <Select options={currencyOptions(locale, field.value)} value={field.value} onValueChange={field.onChange} />}
        />
      </Field>
      <Field label={t("fields.timeZone")} help={t("help.organizationTimeZone")} error={errors.timeZone && t("invalid.timeZone")} className="sm:col-span-2">
        <Controller
          control={form.control}
          name="timeZone"
          render={({ field }) => <Combobox options={zones} value={field.value} onValueChange={field.onChange} nothing={t("noTimeZone")} />}
        />
      </Field>
    </FormFrame>
  );
}
