"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Hash } from "lucide-react";
import { useTranslations } from "next-intl";
import { Controller, useForm, useWatch } from "react-hook-form";
import type { TemplateView } from "@/server/replies/schema";
import { FormFrame } from "../../layout/form-frame";
import { useMay } from "../../layout/use-may";
import { useTRPC } from "../../providers/trpc-provider";
import { Field } from "../../ui/field";
import { Input } from "../../ui/input";
import { toast } from "../../ui/toast";
import { ChannelsField, SharedField } from "../parts/audience-fields";
import { TextEditor } from "../parts/text-editor";
import { TextPreview } from "../parts/text-preview";
import { TEXT_MAX, type TemplateForm, templateFormSchema, toForm, toInput } from "./template-form";

export interface TemplateDrawerProps {
  /** Null makes a new one. */
  readonly template: TemplateView | null;
  /** Words to begin with, e.g. of the one that is copied. */
  readonly draft?: TemplateForm | undefined;
  readonly onClose: () => void;
}

function useSave(onClose: () => void) {
  const t = useTranslations("automations.templates");
  const common = useTranslations("common");
  const queryClient = useQueryClient();
  const trpc = useTRPC();
  return useMutation(
    trpc.replies.templates.save.mutationOptions({
      onSuccess: ({ warnings }) => {
        if (warnings.length === 0) toast.done(common("saved"));
        else toast.info(t("savedWithWarnings"), { description: warnings.map(({ matched }) => `“${matched}”`).join(", "), forMs: 10_000 });
        onClose();
        return queryClient.invalidateQueries(trpc.replies.templates.pathFilter());
      },
    }),
  );
}

/** Makes a template, or changes one; the preview is beside the words. */
export function TemplateDrawer({ template, draft, onClose }: TemplateDrawerProps) {
  const t = useTranslations("automations.templates");
  const common = useTranslations("common");
  const mayShare = useMay("replies.share");
  const save = useSave(onClose);
  const form = useForm<TemplateForm>({ resolver: zodResolver(templateFormSchema), defaultValues: draft ?? toForm(template, mayShare) });
  const { errors } = form.formState;
  const text = useWatch({ control: form.control, name: "text" });
  const submit = form.handleSubmit((values) => save.mutate(toInput(values, template?.id)));
  return (
    <FormFrame
      as="drawer"
      title={template === null ? t("newTitle") : t("editTitle")}
      onClose={onClose}
      onSubmit={submit}
      error={save.error}
      isPending={save.isPending}
      className="grid grid-cols-1 gap-4 sm:grid-cols-2"
    >
      <Field label={t("name")} error={errors.title && t("invalid.title")}>
        <Input autoFocus {...form.register("title")} />
      </Field>
      <Field label={t("shortcut")} note={common("optional")} help={t("shortcutHelp")} error={errors.shortcut && t("invalid.shortcut")}>
        <Input leading={<Hash />} autoCapitalize="none" spellCheck={false} {...form.register("shortcut")} />
      </Field>
      <Controller control={form.control} name="isShared" render={({ field }) => <SharedField isShared={field.value} onSharedChange={field.onChange} />} />
      <Controller control={form.control} name="channels" render={({ field }) => <ChannelsField channels={field.value} onChannelsChange={field.onChange} />} />
      <div className="sm:col-span-2">
        <Controller
          control={form.control}
          name="text"
          render={({ field }) => (
            <TextEditor
              label={t("text")}
              value={field.value}
              onValueChange={field.onChange}
              maxLength={TEXT_MAX}
              error={errors.text === undefined || field.value.trim() !== "" ? undefined : t("invalid.text")}
            />
          )}
        />
      </div>
      <div className="sm:col-span-2">
        <TextPreview text={text} holes="shown" />
      </div>
    </FormFrame>
  );
}
