"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Controller, useForm } from "react-hook-form";
import type { MacroView } from "@/server/replies/schema";
import { FormFrame } from "../../layout/form-frame";
import { useMay } from "../../layout/use-may";
import { useTRPC } from "../../providers/trpc-provider";
import { Field } from "../../ui/field";
import { Input } from "../../ui/input";
import { MultiSelect } from "../../ui/multi-select";
import { Select } from "../../ui/select";
import { toast } from "../../ui/toast";
import { FormSection } from "../parts/form-section";
import { useChannels } from "../parts/use-channels";
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
  const common = useTranslations("common");
  const queryClient = useQueryClient();
  const trpc = useTRPC();
  const mayShare = useMay("replies.share");
  const { options } = useChannels();
  const save = useMutation(
    trpc.replies.macros.save.mutationOptions({
      onSuccess: () => {
        toast.done(common("saved"));
        onClose();
        return queryClient.invalidateQueries(trpc.replies.macros.pathFilter());
      },
    }),
  );
  const form = useForm<MacroForm>({ resolver: zodResolver(macroFormSchema), defaultValues: toForm(macro, mayShare) });
  const { errors } = form.formState;
  const ownership = [
    { value: "shared" as const, label: templates("shared"), hint: templates("sharedHint"), disabled: !mayShare },
    { value: "mine" as const, label: templates("private"), hint: templates("privateHint") },
  ];
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
        <Field label={templates("whose")}>
          <Controller
            control={form.control}
            name="isShared"
            render={({ field }) => (
              <Select options={ownership} value={field.value ? "shared" : "mine"} onValueChange={(value) => field.onChange(value === "shared")} />
            )}
          />
        </Field>
        <Field label={templates("channels")}>
          <Controller
            control={form.control}
            name="channels"
            render={({ field }) => <MultiSelect options={options} values={field.value} onValuesChange={field.onChange} none={templates("anyChannel")} />}
          />
        </Field>
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
