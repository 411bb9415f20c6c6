"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Controller, useForm } from "react-hook-form";
import { z } from "zod";
import { type ApiScope, apiScopeSchema } from "@/server/api/schema";
import { FormFrame } from "../../layout/form-frame";
import { useTRPC } from "../../providers/trpc-provider";
import { Button } from "../../ui/button";
import { Checkbox } from "../../ui/checkbox";
import { CopyButton } from "../../ui/copy-button";
import { Dialog } from "../../ui/dialog";
import { Field } from "../../ui/field";
import { Input } from "../../ui/input";
import { Notice } from "../../ui/notice";
import { Select } from "../../ui/select";

const LIFETIMES = ["30", "90", "365", "never"] as const;
const formSchema = z.object({ name: z.string().trim().min(1).max(80), scopes: z.array(apiScopeSchema).min(1), lifetime: z.enum(LIFETIMES) });
type TokenForm = z.infer<typeof formSchema>;

/** Asks for name, scopes and lifetime, then shows the token: this once, because only its hash is kept. */
export function TokenDialog({ baseUrl, onClose }: { readonly baseUrl: string; readonly onClose: () => void }) {
  const queryClient = useQueryClient();
  const trpc = useTRPC();
  const create = useMutation(trpc.api.tokens.create.mutationOptions({ onSuccess: () => queryClient.invalidateQueries(trpc.api.tokens.pathFilter()) }));
  if (create.data !== undefined) return <ReadyDialog token={create.data.token} baseUrl={baseUrl} onClose={onClose} />;
  const submit = ({ name, scopes, lifetime }: TokenForm) => create.mutate({ name, scopes, expiresInDays: lifetime === "never" ? null : Number(lifetime) });
  return <NewDialog error={create.error} isPending={create.isPending} onSubmit={submit} onClose={onClose} />;
}

interface NewDialogProps {
  readonly error: unknown;
  readonly isPending: boolean;
  readonly onSubmit: (values: TokenForm) => void;
  readonly onClose: () => void;
}

function NewDialog({ error, isPending, onSubmit, onClose }: NewDialogProps) {
  const t = useTranslations("api");
  const form = useForm<TokenForm>({ resolver: zodResolver(formSchema), defaultValues: { name: "", scopes: [], lifetime: "365" } });
  const { errors } = form.formState;
  return (
    <FormFrame as="dialog" title={t("newTitle")} onClose={onClose} onSubmit={form.handleSubmit(onSubmit)} error={error} isPending={isPending}>
      <Field label={t("name")} help={t("nameHelp")} error={errors.name && t("invalidName")}>
        <Input autoFocus {...form.register("name")} />
      </Field>
      <Controller
        control={form.control}
        name="scopes"
        render={({ field }) => <Scopes value={field.value} onValueChange={field.onChange} isMissing={errors.scopes !== undefined} />}
      />
      <Field label={t("lifetime")}>
        <Controller
          control={form.control}
          name="lifetime"
          render={({ field }) => (
            <Select
              options={LIFETIMES.map((value) => ({ value, label: value === "never" ? t("unlimited") : t("days", { count: Number(value) }) }))}
              value={field.value}
              onValueChange={field.onChange}
            />
          )}
        />
      </Field>
    </FormFrame>
  );
}

interface ScopesProps {
  readonly value: readonly ApiScope[];
  readonly onValueChange: (value: ApiScope[]) => void;
  readonly isMissing: boolean;
}

function Scopes({ value, onValueChange, isMissing }: ScopesProps) {
  const t = useTranslations("api");
  const toggle = (scope: ApiScope, isOn: boolean) => onValueChange(isOn ? [...value, scope] : value.filter((entry) => entry !== scope));
  return (
    <fieldset aria-describedby={isMissing ? "scopes-missing" : undefined}>
      <legend className="mb-1.5 text-sm font-medium">{t("mayDo")}</legend>
      <div className="flex flex-col gap-1.5">
        {apiScopeSchema.options.map((scope) => (
          <Checkbox key={scope} label={t(`scopes.${scope}`)} checked={value.includes(scope)} onCheckedChange={(isOn: boolean) => toggle(scope, isOn)} />
        ))}
      </div>
      {isMissing ? (
        <p id="scopes-missing" className="mt-1.5 text-sm text-failed-text">
          {t("scopesMissing")}
        </p>
      ) : null}
    </fieldset>
  );
}

function ReadyDialog({ token, baseUrl, onClose }: { readonly token: string; readonly baseUrl: string; readonly onClose: () => void }) {
  const t = useTranslations("api");
  const common = useTranslations("common");
  const sample = `curl -H "Authorization: Bearer ${token}" ${baseUrl}/api/v1/integrations`;
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      width="md"
      title={t("readyTitle")}
      footer={<Button onClick={onClose}>{common("close")}</Button>}
    >
      <div className="flex flex-col gap-4">
        <Notice tone="attention">{t("readyText")}</Notice>
        <Field label={t("token")}>
          <div className="flex gap-2">
            <Input readOnly value={token} onFocus={(event) => event.currentTarget.select()} className="font-mono text-sm" />
            <CopyButton wide value={token} label={t("copy")} />
          </div>
        </Field>
        <Field label={t("tryIt")}>
          <div className="flex gap-2">
            <Input readOnly value={sample} onFocus={(event) => event.currentTarget.select()} className="font-mono text-sm" />
            <CopyButton value={sample} label={t("copySample")} />
          </div>
        </Field>
      </div>
    </Dialog>
  );
}
