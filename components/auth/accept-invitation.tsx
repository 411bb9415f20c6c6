"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { z } from "zod";
import type { AppLocale } from "@/lib/i18n/locales";
import { QueryError } from "../layout/query-error";
import { useTRPC } from "../providers/trpc-provider";
import { useErrorText } from "../providers/use-error-text";
import { Button, ButtonLink } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Notice } from "../ui/notice";
import { Skeleton } from "../ui/skeleton";
import { AuthHeading } from "./auth-heading";
import { enter } from "./enter";
import { PasswordInput } from "./password-input";

interface Invitation {
  readonly email: string;
  readonly role: string;
  readonly workspaceName: string;
  readonly hasAccount: boolean;
}

export function AcceptInvitation({ token }: { readonly token: string }) {
  const t = useTranslations("auth.invite");
  const trpc = useTRPC();
  const invitation = useQuery(trpc.access.invitations.inspect.queryOptions({ token }, { retry: false }));
  if (invitation.isPending) return <InvitationSkeleton />;
  if (invitation.isError) {
    return (
      <>
        <QueryError heading="h1" error={invitation.error} title={t("notUsable")} className="px-0 pt-4 pb-6" />
        <ButtonLink href="/sign-in" block size="lg">
          {t("toSignIn")}
        </ButtonLink>
      </>
    );
  }
  return <InvitationForm token={token} invitation={invitation.data} />;
}

function InvitationSkeleton() {
  return (
    <div aria-busy="true">
      <Skeleton className="mb-2 h-8 w-3/4" />
      <Skeleton className="mb-7 h-5 w-full" />
      <Skeleton className="mb-4 h-16 w-full" />
      <Skeleton className="mb-4 h-16 w-full" />
      <Skeleton className="h-10 w-full" />
    </div>
  );
}

const knownSchema = z.object({ name: z.string(), password: z.string().min(1) });
const newSchema = z.object({ name: z.string().trim().min(1).max(120), password: z.string().min(10).max(200) });

function InvitationForm({ token, invitation }: { readonly token: string; readonly invitation: Invitation }) {
  const t = useTranslations("auth");
  const roleName = useTranslations("layout.profile.roles");
  const locale = useLocale() as AppLocale;
  const errorText = useErrorText();
  const trpc = useTRPC();
  const accept = useMutation(trpc.access.invitations.accept.mutationOptions());
  const { email, hasAccount, workspaceName, role } = invitation;
  const form = useForm({ resolver: zodResolver(hasAccount ? knownSchema : newSchema), defaultValues: { name: "", password: "" } });
  const { errors, isSubmitting, isSubmitSuccessful } = form.formState;
  const submit = form.handleSubmit(async ({ name, password }) => {
    try {
      const member = await accept.mutateAsync({ token, password, locale, ...(hasAccount ? {} : { name }) });
      await enter({ email: member.email, password, workspaceId: member.workspaceId });
      // Should signing in fail after all, home leads to the sign-in page.
      window.location.assign("/");
    } catch (error) {
      form.setError("root", { message: errorText(error).text });
    }
  });
  return (
    <>
      <AuthHeading title={t("invite.heading", { workspace: workspaceName })}>{t("invite.lead", { role: roleName(role), email })}</AuthHeading>
      <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        {errors.root?.message === undefined ? null : (
          <Notice tone="failed" live>
            {errors.root.message}
          </Notice>
        )}
        <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
        {hasAccount ? null : (
          <Field label={t("fields.name")} error={errors.name && t("invalid.name")}>
            <Input size="lg" autoComplete="name" autoFocus {...form.register("name")} />
          </Field>
        )}
        <Field
          label={hasAccount ? t("fields.password") : t("fields.newPassword")}
          help={hasAccount ? t("invite.hasAccount") : t("help.newPassword")}
          error={errors.password && (hasAccount ? t("invalid.passwordNeeded") : t("invalid.newPassword"))}
        >
          <PasswordInput size="lg" autoComplete={hasAccount ? "current-password" : "new-password"} {...form.register("password")} />
        </Field>
        <Button type="submit" variant="primary" size="lg" block pending={isSubmitting || (isSubmitSuccessful && errors.root === undefined)} className="mt-2">
          {t("invite.submit")}
        </Button>
      </form>
    </>
  );
}
