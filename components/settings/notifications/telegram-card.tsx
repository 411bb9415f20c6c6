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
import { saveTelegramInput, type TransportsView } from "@/server/notifications/schema";
import { TransportFrame } from "./transport-frame";
import { useEditedTransport } from "./use-edited-transport";
import { useTransportActions, useTransportsSaved } from "./use-transports";

export function TelegramCard({ transport: stored }: { readonly transport: TransportsView["telegram"] }) {
  const t = useTranslations("notices.transports");
  const actions = useTransportActions("telegram");
  const editing = useEditedTransport("telegram");
  const transport = actions.isHidden ? null : stored;
  const facts =
    transport === null
      ? []
      : [
          { name: t("facts.bot"), value: `@${transport.botUsername}` },
          { name: t("facts.token"), value: <span className="font-mono text-sm">{transport.tokenHint}</span> },
          { name: t("facts.mode"), value: t(`modes.${transport.mode}`) },
          { name: t("facts.linked"), value: t("members", { count: transport.linkedMembers }) },
        ];
  const finish = () => {
    editing.finish();
    actions.forgetOutcome();
  };
  const form = editing.isEditing ? <TelegramForm onDone={finish} onCancel={finish} /> : null;
  return <TransportFrame kind="telegram" transport={transport} actions={actions} facts={facts} onEdit={editing.edit} form={form} />;
}

type TokenForm = z.input<typeof saveTelegramInput>;

function TelegramForm({ onDone, onCancel }: { readonly onDone: () => void; readonly onCancel: () => void }) {
  const t = useTranslations("notices.transports");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const errorText = useErrorText();
  const save = useMutation(trpc.notifications.transports.saveTelegram.mutationOptions({ onSuccess: useTransportsSaved(onDone) }));
  const form = useForm<TokenForm, unknown, z.output<typeof saveTelegramInput>>({
    resolver: zodResolver(saveTelegramInput),
    defaultValues: { token: "", mode: "auto" },
  });
  const { errors } = form.formState;
  return (
    <form noValidate onSubmit={(event) => void form.handleSubmit((values) => save.mutate(values))(event)} className="flex max-w-md flex-col gap-4">
      <ol className="list-decimal space-y-1 pl-5 text-sm text-ink-muted marker:text-ink-faint">
        <li>{t("botSteps.find")}</li>
        <li>{t("botSteps.make")}</li>
        <li>{t("botSteps.copy")}</li>
      </ol>
      {save.error === null ? null : (
        <Notice tone="failed" live>
          {errorText(save.error).text}
        </Notice>
      )}
      <Field label={t("fields.token")} help={t("help.token")} error={errors.token && t("invalid.token")}>
        <Input autoComplete="off" spellCheck={false} type="password" className="font-mono" {...form.register("token")} />
      </Field>
      <Field label={t("fields.mode")} help={t("help.mode")}>
        <Controller
          control={form.control}
          name="mode"
          render={({ field }) => (
            <Select
              options={(["auto", "webhook", "polling"] as const).map((value) => ({ value, label: t(`modes.${value}`) }))}
              value={field.value ?? "auto"}
              onValueChange={field.onChange}
            />
          )}
        />
      </Field>
      <div className="flex gap-2">
        <Button type="submit" variant="primary" pending={save.isPending}>
          {t("connectBot")}
        </Button>
        <Button onClick={onCancel}>{common("cancel")}</Button>
      </div>
    </form>
  );
}
