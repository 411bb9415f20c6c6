"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import type { z } from "zod";
import { passwordChangeInput } from "@/server/access/schema";
import { useTRPC } from "../providers/trpc-provider";
import { useErrorText } from "../providers/use-error-text";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { toast } from "../ui/toast";
import { FormCard } from "./form-card";

export function PasswordCard() {
  const t = useTranslations("settings");
  const errorText = useErrorText();
  const queryClient = useQueryClient();
  const trpc = useTRPC();
  const form = useForm<z.infer<typeof passwordChangeInput>>({
    resolver: zodResolver(passwordChangeInput),
    defaultValues: { currentPassword: "", newPassword: "" },
  });
  const { errors, isDirty } = form.formState;
  const change = useMutation(
    trpc.access.profile.changePassword.mutationOptions({
      onSuccess: ({ endedSessions }) => {
        form.reset();
        toast.done(t("security.passwordChanged"), { description: t("security.endedOthers", { count: endedSessions }) });
        return queryClient.invalidateQueries(trpc.access.session.list.pathFilter());
      },
    }),
  );
  return (
    <FormCard
      title={t("security.password")}
      description={t("security.passwordLead")}
      submitLabel={t("security.changePassword")}
      onSubmit={(event) => void form.handleSubmit((values) => change.mutate(values))(event)}
      pending={change.isPending}
      dirty={isDirty}
      failure={change.error === null ? undefined : errorText(change.error).text}
    >
      <Field label={t("fields.currentPassword")} error={errors.currentPassword && t("invalid.passwordNeeded")}>
        <Input type="password" autoComplete="current-password" {...form.register("currentPassword")} />
      </Field>
      <Field label={t("fields.newPassword")} help={t("help.newPassword")} error={errors.newPassword && t("invalid.newPassword")}>
        <Input type="password" autoComplete="new-password" {...form.register("newPassword")} />
      </Field>
    </FormCard>
  );
}
