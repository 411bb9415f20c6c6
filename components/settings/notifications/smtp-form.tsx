"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Controller, useForm } from "react-hook-form";
import type { z } from "zod";
import { useTRPC } from "@/components/providers/trpc-provider";
import { useErrorText } from "@/components/providers/use-error-text";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { saveSmtpInput, smtpSecuritySchema, type TransportsView } from "@/server/notifications/schema";
import { useTransportsSaved } from "./use-transports";

type Security = z.infer<typeof smtpSecuritySchema>;
type ServerForm = z.input<typeof saveSmtpInput>;
type ServerInput = z.output<typeof saveSmtpInput>;

/** What servers usually listen on. */
const USUAL_PORTS: Readonly<Record<Security, number>> = { tls: 465, starttls: 587, none: 25 };

function initial(stored: TransportsView["smtp"]): ServerForm {
  if (stored === null) return { host: "", port: USUAL_PORTS.starttls, security: "starttls", user: "", password: "", fromAddress: "", fromName: "" };
  const { host, port, security, user, fromAddress, fromName } = stored;
  return { host, port, security, user, password: "", fromAddress, fromName };
}

/** An empty password stays away: the server then keeps the one it has for the same sign-in. */
function toInput({ password, ...rest }: ServerInput): ServerInput {
  return password === undefined || password === "" ? rest : { ...rest, password };
}

export interface SmtpFormProps {
  readonly stored: TransportsView["smtp"];
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

/** Nothing is stored before the server has let us in. */
export function SmtpForm({ stored, onDone, onCancel }: SmtpFormProps) {
  const t = useTranslations("notices.transports");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const errorText = useErrorText();
  const save = useMutation(trpc.notifications.transports.saveSmtp.mutationOptions({ onSuccess: useTransportsSaved(onDone) }));
  const form = useForm<ServerForm, unknown, ServerInput>({ resolver: zodResolver(saveSmtpInput), defaultValues: initial(stored) });
  return (
    <form noValidate onSubmit={(event) => void form.handleSubmit((values) => save.mutate(toInput(values)))(event)} className="flex max-w-xl flex-col gap-4">
      {save.error === null ? null : (
        <Notice tone="failed" live>
          {errorText(save.error).text}
        </Notice>
      )}
      <ServerFields form={form} hasPassword={stored?.hasPassword === true} />
      <div className="flex gap-2">
        <Button type="submit" variant="primary" pending={save.isPending}>
          {t("saveServer")}
        </Button>
        <Button onClick={onCancel}>{common("cancel")}</Button>
      </div>
    </form>
  );
}

function ServerFields({ form, hasPassword }: { readonly form: ReturnType<typeof useForm<ServerForm, unknown, ServerInput>>; readonly hasPassword: boolean }) {
  const t = useTranslations("notices.transports");
  const { errors } = form.formState;
  const securities = smtpSecuritySchema.options.map((value) => ({ value, label: t(`securities.${value}`) }));
  const chooseSecurity = (next: Security, change: (next: Security) => void) => {
    const usual = USUAL_PORTS[form.getValues("security")];
    if (form.getValues("port") === usual) form.setValue("port", USUAL_PORTS[next]);
    change(next);
  };
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-[1fr_7rem]">
        <Field label={t("fields.host")} error={errors.host && t("invalid.host")}>
          <Input autoComplete="off" spellCheck={false} inputMode="url" {...form.register("host")} />
        </Field>
        <Field label={t("fields.port")} error={errors.port && t("invalid.port")}>
          <Input inputMode="numeric" className="tabular" {...form.register("port", { valueAsNumber: true })} />
        </Field>
      </div>
      <Field label={t("fields.security")} help={t("help.security")}>
        <Controller
          control={form.control}
          name="security"
          render={({ field }) => <Select options={securities} value={field.value} onValueChange={(next) => chooseSecurity(next, field.onChange)} />}
        />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t("fields.user")} help={t("help.user")} error={errors.user && t("invalid.user")}>
          <Input autoComplete="off" spellCheck={false} {...form.register("user")} />
        </Field>
        <Field label={t("fields.password")} help={hasPassword ? t("help.passwordStays") : t("help.password")} error={errors.password && t("invalid.password")}>
          <Input type="password" autoComplete="new-password" {...form.register("password")} />
        </Field>
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t("fields.fromAddress")} error={errors.fromAddress && t("invalid.fromAddress")}>
          <Input type="email" autoComplete="off" {...form.register("fromAddress")} />
        </Field>
        <Field label={t("fields.fromName")} error={errors.fromName && t("invalid.fromName")}>
          <Input autoComplete="off" {...form.register("fromName")} />
        </Field>
      </div>
    </>
  );
}
