"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import type { z } from "zod";
import { createFirstOwnerInput } from "@/server/access/schema";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { PasswordInput } from "./password-input";

const formSchema = createFirstOwnerInput.pick({ name: true, email: true, password: true });
export type OwnerValues = z.output<typeof formSchema>;

export function OwnerStep({ initial, onDone }: { readonly initial: OwnerValues; readonly onDone: (values: OwnerValues) => void }) {
  const t = useTranslations("auth");
  const form = useForm<OwnerValues>({ resolver: zodResolver(formSchema), defaultValues: initial });
  const { errors } = form.formState;
  return (
    <form noValidate onSubmit={(event) => void form.handleSubmit(onDone)(event)} className="flex flex-col gap-4">
      <Field label={t("fields.name")} error={errors.name && t("invalid.name")}>
        <Input size="lg" autoComplete="name" autoFocus {...form.register("name")} />
      </Field>
      <Field label={t("fields.email")} error={errors.email && t("invalid.email")}>
        <Input size="lg" type="email" inputMode="email" autoComplete="username" autoCapitalize="none" spellCheck={false} {...form.register("email")} />
      </Field>
      <Field label={t("fields.newPassword")} help={t("help.newPassword")} error={errors.password && t("invalid.newPassword")}>
        <PasswordInput size="lg" autoComplete="new-password" {...form.register("password")} />
      </Field>
      <Button type="submit" variant="primary" size="lg" block className="mt-2">
        {t("setup.next")}
      </Button>
    </form>
  );
}
