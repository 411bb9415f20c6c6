"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Controller, useForm } from "react-hook-form";
import type { z } from "zod";
import { invitationCreateInput } from "@/server/access/schema";
import { useTRPC } from "../providers/trpc-provider";
import { useErrorText } from "../providers/use-error-text";
import { Button } from "../ui/button";
import { CopyButton } from "../ui/copy-button";
import { DateTime } from "../ui/date-time";
import { Dialog } from "../ui/dialog";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Notice } from "../ui/notice";
import { Select } from "../ui/select";
import { useRoleOptions } from "./use-role-options";

const FORM_ID = "invite-form";

/** Asks for address and role, then shows the link: this once, because only its hash is kept. */
export function InviteDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations("settings.invitations");
  const common = useTranslations("common");
  const queryClient = useQueryClient();
  const trpc = useTRPC();
  const create = useMutation(
    trpc.access.invitations.create.mutationOptions({ onSuccess: () => queryClient.invalidateQueries(trpc.access.invitations.pathFilter()) }),
  );
  const onOpenChange = (open: boolean) => (open ? undefined : onClose());
  if (create.data !== undefined) {
    return (
      <Dialog
        open
        onOpenChange={onOpenChange}
        width="md"
        title={t("readyTitle")}
        description={t("readyText", { email: create.variables.email })}
        footer={<Button onClick={onClose}>{common("close")}</Button>}
      >
        <Field label={t("link")} help={<LinkHelp expiresAt={create.data.expiresAt} />}>
          <div className="flex gap-2">
            <Input readOnly value={create.data.url} onFocus={(event) => event.currentTarget.select()} className="font-mono text-sm" />
            <CopyButton wide value={create.data.url} label={t("copyLink")} />
          </div>
        </Field>
      </Dialog>
    );
  }
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      width="md"
      title={t("newTitle")}
      description={t("newLead")}
      footer={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button type="submit" form={FORM_ID} variant="primary" pending={create.isPending}>
            {t("create")}
          </Button>
        </>
      }
    >
      <InviteForm error={create.error} onSubmit={(values) => create.mutate(values)} />
    </Dialog>
  );
}

function LinkHelp({ expiresAt }: { readonly expiresAt: Date }) {
  const t = useTranslations("settings.invitations");
  return t.rich("linkHelp", { until: () => <DateTime value={expiresAt} /> });
}

type InviteValues = z.infer<typeof invitationCreateInput>;

function InviteForm({ error, onSubmit }: { readonly error: unknown; readonly onSubmit: (values: InviteValues) => void }) {
  const t = useTranslations("settings");
  const errorText = useErrorText();
  const roles = useRoleOptions();
  const form = useForm<InviteValues>({ resolver: zodResolver(invitationCreateInput), defaultValues: { email: "", role: "operator" } });
  const { errors } = form.formState;
  return (
    <form id={FORM_ID} noValidate onSubmit={(event) => void form.handleSubmit(onSubmit)(event)} className="flex flex-col gap-4 pt-1">
      {error === null ? null : (
        <Notice tone="failed" live>
          {errorText(error).text}
        </Notice>
      )}
      <Field label={t("fields.email")} error={errors.email && t("invalid.email")}>
        <Input type="email" inputMode="email" autoComplete="off" autoCapitalize="none" spellCheck={false} autoFocus {...form.register("email")} />
      </Field>
      <Field label={t("fields.role")}>
        <Controller control={form.control} name="role" render={({ field }) => <Select options={roles} value={field.value} onValueChange={field.onChange} />} />
      </Field>
    </form>
  );
}
