"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useForm } from "react-hook-form";
import type { z } from "zod";
import { parseSignInError, signInInput } from "@/server/access/schema";
import { useErrorText } from "../providers/use-error-text";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Notice } from "../ui/notice";
import { AuthHeading } from "./auth-heading";
import { enter } from "./enter";
import { PasswordInput } from "./password-input";

const formSchema = signInInput.pick({ email: true, password: true });
type FormValues = z.input<typeof formSchema>;

export interface SignInFormProps {
  readonly back: string;
  /** Code next-auth put into the address. */
  readonly initialError: string | undefined;
  /** The ready account of a demo installation. */
  readonly demo: { readonly email: string; readonly password: string } | null;
}

export function SignInForm({ back, initialError, demo }: SignInFormProps) {
  const t = useTranslations("auth");
  const errorText = useErrorText();
  const [failure, setFailure] = useState(initialError ?? null);
  const form = useForm<FormValues>({ resolver: zodResolver(formSchema), defaultValues: { email: "", password: "" } });
  const { errors, isSubmitting, isSubmitSuccessful } = form.formState;
  const submit = form.handleSubmit(async (values) => {
    setFailure(null);
    const refused = await enter(values).catch(() => "request.unreachable");
    if (refused === null) window.location.assign(back);
    else setFailure(refused);
  });
  const describe = (error: string) => {
    const { code, retryAfterSeconds } = parseSignInError(error);
    return errorText.forCode(code, retryAfterSeconds === null ? {} : { seconds: retryAfterSeconds });
  };
  const fill = () => {
    if (demo === null) return;
    form.setValue("email", demo.email);
    form.setValue("password", demo.password);
    void submit();
  };
  return (
    <>
      <AuthHeading title={t("signIn.title")}>{t("signIn.lead")}</AuthHeading>
      {demo === null ? null : (
        <Notice
          className="mb-5"
          title={t("signIn.demo.title")}
          action={
            <Button size="sm" onClick={fill} disabled={isSubmitting}>
              {t("signIn.demo.use")}
            </Button>
          }
        >
          <span className="block text-sm break-all text-ink-muted">{demo.email}</span>
          <span className="block text-sm text-ink-muted">{demo.password}</span>
        </Notice>
      )}
      <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        {failure === null ? null : (
          <Notice tone="failed" live>
            {describe(failure)}
          </Notice>
        )}
        <Field label={t("fields.email")} error={errors.email && t("invalid.email")}>
          <Input
            size="lg"
            type="email"
            inputMode="email"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus
            {...form.register("email")}
          />
        </Field>
        <Field label={t("fields.password")} error={errors.password && t("invalid.passwordNeeded")}>
          <PasswordInput size="lg" autoComplete="current-password" {...form.register("password")} />
        </Field>
        <Button type="submit" variant="primary" size="lg" block pending={isSubmitting || (isSubmitSuccessful && failure === null)} className="mt-2">
          {t("signIn.submit")}
        </Button>
      </form>
      <p className="mt-6 text-sm text-pretty text-ink-muted">{t("signIn.forgot")}</p>
    </>
  );
}
