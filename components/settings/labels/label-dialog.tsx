"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation } from "@tanstack/react-query";
import { Check } from "lucide-react";
import { useTranslations } from "next-intl";
import { Controller, useForm } from "react-hook-form";
import { z } from "zod";
import { LABEL_COLORS, type LabelColor, labelColorSchema } from "@/server/inbox/schema";
import { FormFrame } from "../../layout/form-frame";
import { useSaved } from "../../layout/use-saved";
import { useTRPC } from "../../providers/trpc-provider";
import { Field } from "../../ui/field";
import { Input } from "../../ui/input";
import { LabelDot } from "../../ui/label-chip";
import type { Label } from "./label-row";

const formSchema = z.object({ name: z.string().trim().min(1).max(80), color: labelColorSchema });
type LabelForm = z.infer<typeof formSchema>;

export interface LabelDialogProps {
  /** Null makes a new one. */
  readonly label: Label | null;
  readonly onClose: () => void;
}

function useSave(label: Label | null, onClose: () => void) {
  const trpc = useTRPC();
  const settle = useSaved(trpc.inbox.pathFilter(), onClose);
  const create = useMutation(trpc.inbox.labels.create.mutationOptions(settle));
  const update = useMutation(trpc.inbox.labels.update.mutationOptions(settle));
  const save = (values: LabelForm) => (label === null ? create.mutate(values) : update.mutate({ labelId: label.id, ...values }));
  return { save, error: create.error ?? update.error, isPending: create.isPending || update.isPending };
}

export function LabelDialog({ label, onClose }: LabelDialogProps) {
  const t = useTranslations("settings.labels");
  const { save, error, isPending } = useSave(label, onClose);
  const form = useForm<LabelForm>({ resolver: zodResolver(formSchema), defaultValues: label ?? { name: "", color: "blue" } });
  return (
    <FormFrame
      as="dialog"
      title={label === null ? t("newTitle") : t("editTitle")}
      onClose={onClose}
      onSubmit={form.handleSubmit(save)}
      error={error}
      isPending={isPending}
    >
      <Field label={t("name")} error={form.formState.errors.name && t("invalidName")}>
        <Input autoFocus {...form.register("name")} />
      </Field>
      <Controller control={form.control} name="color" render={({ field }) => <Palette value={field.value} onValueChange={field.onChange} />} />
    </FormFrame>
  );
}

function Palette({ value, onValueChange }: { readonly value: LabelColor; readonly onValueChange: (value: LabelColor) => void }) {
  const t = useTranslations("settings.labels");
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium">{t("color")}</legend>
      <div className="flex flex-wrap gap-1.5">
        {LABEL_COLORS.map((color) => (
          <label
            key={color}
            title={t(`colors.${color}`)}
            className="relative flex size-8 cursor-pointer items-center justify-center rounded-md border border-transparent hover:bg-hover has-checked:border-line-strong has-checked:bg-selected has-focus-visible:outline-2 has-focus-visible:outline-ring coarse:size-10"
          >
            <input
              type="radio"
              name="color"
              className="sr-only"
              aria-label={t(`colors.${color}`)}
              checked={color === value}
              onChange={() => onValueChange(color)}
            />
            <LabelDot color={color} className="size-4" />
            {color === value ? <Check className="absolute size-2.5 text-surface" strokeWidth={4} aria-hidden="true" /> : null}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
