"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { Controller, useForm } from "react-hook-form";
import type { z } from "zod";
import { LOCALE_NAMES, LOCALES } from "@/lib/i18n/locales";
import { profileUpdateInput } from "@/server/access/schema";
import { QueryContent } from "../layout/query-content";
import { rememberLocale } from "../layout/use-preferences";
import { useTRPC } from "../providers/trpc-provider";
import { useErrorText } from "../providers/use-error-text";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { PageHeader } from "../ui/page-header";
import { Select } from "../ui/select";
import { toast } from "../ui/toast";
import { AppearanceCard } from "./appearance-card";
import { FormCard, FormSkeleton } from "./form-card";

type Profile = z.infer<typeof profileUpdateInput>;

export function ProfileView() {
  const t = useTranslations("settings.profile");
  const trpc = useTRPC();
  const profile = useQuery(trpc.access.profile.get.queryOptions());
  return (
    <>
      <PageHeader title={t("title")} description={t("lead")} />
      <QueryContent query={profile} skeleton={<FormSkeleton fields={3} />}>
        {({ email, name, locale }) => <ProfileForm email={email} profile={{ name, locale }} />}
      </QueryContent>
      <AppearanceCard />
    </>
  );
}

const languages = LOCALES.map((value) => ({ value, label: LOCALE_NAMES[value] }));

function ProfileForm({ email, profile }: { readonly email: string; readonly profile: Profile }) {
  const t = useTranslations("settings");
  const common = useTranslations("common");
  const router = useRouter();
  const queryClient = useQueryClient();
  const trpc = useTRPC();
  const errorText = useErrorText();
  const update = useMutation(trpc.access.profile.update.mutationOptions());
  const form = useForm<Profile>({ resolver: zodResolver(profileUpdateInput), values: profile });
  const { errors, isDirty } = form.formState;
  const submit = form.handleSubmit(async (values) => {
    await update.mutateAsync(values).then(
      async () => {
        rememberLocale(values.locale);
        await queryClient.invalidateQueries(trpc.access.pathFilter());
        router.refresh();
        toast.done(common("saved"));
      },
      () => undefined, // The form shows `update.error`.
    );
  });
  return (
    <FormCard
      title={t("profile.you")}
      onSubmit={(event) => void submit(event)}
      pending={update.isPending}
      dirty={isDirty}
      failure={update.error === null ? undefined : errorText(update.error).text}
    >
      <Field label={t("fields.name")} error={errors.name && t("invalid.name")}>
        <Input autoComplete="name" {...form.register("name")} />
      </Field>
      <Field label={t("fields.email")} help={t("profile.emailHelp")}>
        <Input value={email} disabled />
      </Field>
      <Field label={t("fields.language")} help={t("profile.languageHelp")}>
        <Controller
          control={form.control}
          name="locale"
          render={({ field }) => <Select options={languages} value={field.value} onValueChange={field.onChange} />}
        />
      </Field>
    </FormCard>
  );
}
