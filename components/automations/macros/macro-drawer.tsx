"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Controller, useForm } from "react-hook-form";
import type { MacroView } from "@/server/replies/schema";
import { FormFrame } from "../../layout/form-frame";
import { useMay } from "../../layout/use-may";
import { useSaved } from "../../layout/use-saved";
import { useTRPC } from "../../providers/trpc-provider";
import { Field } from "../../ui/field";
import { Input } from "../../ui/input";
import { ChannelsField, SharedField } from "../parts/audience-fields";
import { FormSection } from "../parts/form-section";
import { ActionFields } from "./action-fields";
import { type MacroForm, macroFormSchema, toForm, toInput } from "./macro-form";

export interface MacroDrawerProps {
  /** Null makes a new one. */
  readonly macro: MacroView | null;
  readonly onClose: () => void;
}

export function MacroDrawer({ macro, onClose }: MacroDrawerProps) {
  const t = useTranslations("automations.macros");
  const templates = useTranslations("automations.templates");
  const trpc = useTRPC();
  const mayShare = useMay("replies.share");
  const save = useMutation(trpc.replies.macros.save.mutationOptions(useSaved(trpc.replies.macros.pathFilter(), onClose)));
  const form = useForm<MacroForm>({ resolver: zodResolver(macroFormSchema), defaultValues: toForm(macro, mayShare) });
  const { errors } = form.formState;
  return (
    <FormFrame
      as="drawer"
      title={macro === null ? t("newTitle") : t("editTitle")}
      onClose={onClose}
      onSubmit={form.handleSubmit((values) => save.mutate(toInput(values, macro?.id)))}
      error={save.error}
      isPending={save.isPending}
    >
      <Field label={templates("name")} error={errors.title && templates("invalid.title")}>
        <Input autoFocus {...form.register("title")} />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Controller control={form.control} name="isShared" render={({ field }) => <SharedField isShared={field.value} onSharedChange={field.onChange} />} />
        <Controller control={form.control} name="channels" render={({ field }) => <ChannelsField channels={field.value} onChannelsChange={field.onChange} />} />
      </div>
      <FormSection title={t("steps")} description={t("stepsHint")}>
        <Controller
          control={form.control}
          name="actions"
          render={({ field }) => (
            <ActionFields actions={field.value} onActionsChange={field.onChange} error={errors.actions === undefined ? undefined : t("invalidSteps")} />
          )}
        />
      </FormSection>
    </FormFrame>
  );
}
