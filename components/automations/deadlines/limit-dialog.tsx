"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Controller, useForm } from "react-hook-form";
import { type LimitView, type SaveLimitInput, saveLimitInput } from "@/server/deadlines/schema";
import { FormFrame } from "../../layout/form-frame";
import { useSaved } from "../../layout/use-saved";
import { useTRPC } from "../../providers/trpc-provider";
import { Checkbox } from "../../ui/checkbox";
import { Field } from "../../ui/field";
import { Input } from "../../ui/input";
import { DurationInput } from "../parts/duration-input";
import { useChannels } from "../parts/use-channels";

const A_DAY = 24 * 60;

/** Corrects a marketplace's limit; whoever corrects it says where they read it and when. */
export function LimitDialog({ limit, onClose }: { readonly limit: LimitView; readonly onClose: () => void }) {
  const t = useTranslations("automations.deadlines.limits");
  const trpc = useTRPC();
  const { nameOf } = useChannels();
  const save = useMutation(trpc.deadlines.limits.save.mutationOptions(useSaved(trpc.deadlines.pathFilter(), onClose)));
  const today = new Date().toISOString().slice(0, 10);
  const form = useForm<SaveLimitInput>({
    resolver: zodResolver(saveLimitInput),
    defaultValues: { channel: limit.channel, minutes: limit.minutes, source: limit.source, checkedOn: today },
  });
  const { errors } = form.formState;
  const submit = form.handleSubmit((values) => save.mutate(values));
  return (
    <FormFrame
      as="dialog"
      width="md"
      title={nameOf(limit.channel)}
      description={t(`anchorHints.${limit.anchor}`)}
      onClose={onClose}
      onSubmit={submit}
      error={save.error}
      isPending={save.isPending}
    >
      <Controller
        control={form.control}
        name="minutes"
        render={({ field: { value, onChange } }) => (
          <div className="flex flex-col gap-2">
            <Checkbox label={t("hasLimit")} checked={value !== null} onCheckedChange={(on) => onChange(on ? (limit.minutes ?? A_DAY) : null)} />
            {value === null ? null : (
              <span className="pl-6">
                <DurationInput label={t("limit")} minutes={value} onMinutesChange={onChange} />
              </span>
            )}
          </div>
        )}
      />
      <Field label={t("source")} help={t("sourceHelp")} error={errors.source && t("invalidSource")}>
        <Input {...form.register("source")} />
      </Field>
      <Field label={t("checked")} error={errors.checkedOn && t("invalidDay")}>
        <Input type="date" max={today} className="tabular w-44" {...form.register("checkedOn")} />
      </Field>
    </FormFrame>
  );
}
