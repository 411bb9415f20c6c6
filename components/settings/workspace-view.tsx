"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useMemo } from "react";
import { Controller, useForm } from "react-hook-form";
import type { z } from "zod";
import { LOCALE_NAMES, LOCALES } from "@/lib/i18n/locales";
import { timeZoneOptions } from "@/lib/i18n/regions";
import { workspaceUpdateInput } from "@/server/access/schema";
import { QueryContent } from "../layout/query-content";
import { useMay } from "../layout/use-may";
import { useTRPC } from "../providers/trpc-provider";
import { useErrorText } from "../providers/use-error-text";
import { Combobox } from "../ui/combobox";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { PageHeader } from "../ui/page-header";
import { Select } from "../ui/select";
import { toast } from "../ui/toast";
import { FormCard, FormSkeleton } from "./form-card";

type Workspace = z.infer<typeof workspaceUpdateInput>;

export function WorkspaceView() {
  const t = useTranslations("settings.workspace");
  const trpc = useTRPC();
  const workspace = useQuery(trpc.access.workspace.get.queryOptions());
  return (
    <>
      <PageHeader title={t("title")} description={t("lead")} />
      <QueryContent query={workspace} skeleton={<FormSkeleton fields={3} />}>
        {({ name, locale, timeZone }) => <WorkspaceForm workspace={{ name, locale, timeZone }} />}
      </QueryContent>
    </>
  );
}

const languages = LOCALES.map((value) => ({ value, label: LOCALE_NAMES[value] }));

function WorkspaceForm({ workspace }: { readonly workspace: Workspace }) {
  const t = useTranslations("settings");
  const common = useTranslations("common");
  const router = useRouter();
  const locale = useLocale();
  const mayManage = useMay("workspace.manage");
  const errorText = useErrorText();
  const queryClient = useQueryClient();
  const trpc = useTRPC();
  const update = useMutation(
    trpc.access.workspace.update.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries(trpc.access.pathFilter());
        router.refresh();
        toast.done(common("saved"));
      },
    }),
  );
  const form = useForm<Workspace>({ resolver: zodResolver(workspaceUpdateInput), values: workspace, disabled: !mayManage });
  const { errors, isDirty } = form.formState;
  const zones = useMemo(() => timeZoneOptions(locale), [locale]);
  return (
    <FormCard
      title={t("workspace.general")}
      readOnly={!mayManage}
      onSubmit={(event) => void form.handleSubmit((values) => update.mutate(values))(event)}
      pending={update.isPending}
      dirty={isDirty}
      failure={update.error === null ? undefined : errorText(update.error).text}
    >
      <Field label={t("fields.workspaceName")} error={errors.name && t("invalid.title")}>
        <Input {...form.register("name")} />
      </Field>
      <Field label={t("fields.timeZone")} help={t("help.timeZone")} error={errors.timeZone && t("invalid.timeZone")}>
        <Controller
          control={form.control}
          name="timeZone"
          render={({ field }) => (
            <Combobox options={zones} value={field.value} onValueChange={field.onChange} nothing={t("noTimeZone")} disabled={!mayManage} />
          )}
        />
      </Field>
      <Field label={t("fields.workspaceLanguage")} help={t("help.workspaceLanguage")}>
        <Controller
          control={form.control}
          name="locale"
          render={({ field }) => <Select options={languages} value={field.value} onValueChange={field.onChange} disabled={!mayManage} />}
        />
      </Field>
    </FormCard>
  );
}
