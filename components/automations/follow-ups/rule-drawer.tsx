"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Controller, useForm, useWatch } from "react-hook-form";
import { FormFrame } from "../../layout/form-frame";
import { useTRPC } from "../../providers/trpc-provider";
import { Button } from "../../ui/button";
import { Checkbox } from "../../ui/checkbox";
import { Field } from "../../ui/field";
import { Input } from "../../ui/input";
import { Notice } from "../../ui/notice";
import { toast } from "../../ui/toast";
import { FormSection } from "../parts/form-section";
import { TextEditor } from "../parts/text-editor";
import { TextPreview } from "../parts/text-preview";
import { DryRunResult } from "./dry-run-result";
import { RuleConditions, RuleManners } from "./rule-conditions";
import { RULE_TEXT_MAX, RULE_VARIABLES, type RuleForm, ruleFormSchema } from "./rule-form";
import { RuleSentence } from "./rule-sentence";
import { RuleWarnings } from "./rule-warnings";

export interface RuleDrawerProps {
  /** Absent for a new one. */
  readonly ruleId?: string | undefined;
  readonly initial: RuleForm;
  readonly onClose: () => void;
}

function useSave() {
  const queryClient = useQueryClient();
  const trpc = useTRPC();
  return useMutation(trpc.followUps.saveRule.mutationOptions({ onSuccess: () => queryClient.invalidateQueries(trpc.followUps.pathFilter()) }));
}

/** Makes a rule, or changes one. Trying it saves it first: it is tried as it is kept. */
export function RuleDrawer({ ruleId, initial, onClose }: RuleDrawerProps) {
  const t = useTranslations("automations.followUps");
  const common = useTranslations("common");
  const save = useSave();
  const [savedId, setSavedId] = useState(ruleId);
  const [triedAt, setTriedAt] = useState<number | null>(null);
  const form = useForm<RuleForm>({ resolver: zodResolver(ruleFormSchema), defaultValues: initial });
  const { errors } = form.formState;
  const store = (after: (id: string) => void) =>
    form.handleSubmit((values) => save.mutate({ ...values, ruleId: savedId }, { onSuccess: ({ id }) => after(id) }));
  const submit = store(() => {
    toast.done(common("saved"));
    onClose();
  });
  const tryIt = store((id) => {
    setSavedId(id);
    setTriedAt(Date.now());
  });
  return (
    <FormFrame
      as="drawer"
      title={ruleId === undefined ? t("newTitle") : t("editTitle")}
      onClose={onClose}
      onSubmit={submit}
      error={save.error}
      isPending={save.isPending}
      extra={
        <Button className="mr-auto max-sm:w-full" pending={save.isPending} onClick={() => void tryIt()}>
          {t("saveAndTry")}
        </Button>
      }
    >
      {triedAt === null || savedId === undefined ? null : <DryRunResult key={triedAt} ruleId={savedId} />}
      <Field label={t("name")} error={errors.name && t("invalid.name")}>
        <Input autoFocus {...form.register("name")} />
      </Field>
      <RuleSentence form={form} />
      {errors.delayDays === undefined ? null : <Notice tone="failed">{t("invalid.delay")}</Notice>}
      <WatchedWarnings form={form} />
      <RuleWords form={form} />
      <FormSection title={t("narrow")}>
        <RuleConditions form={form} />
      </FormSection>
      <FormSection title={t("manners")}>
        <RuleManners form={form} />
      </FormSection>
      <Controller
        control={form.control}
        name="isActive"
        render={({ field }) => <Checkbox label={t("active")} hint={t("activeHint")} checked={field.value} onCheckedChange={field.onChange} />}
      />
    </FormFrame>
  );
}

type Form = ReturnType<typeof useForm<RuleForm>>;

function WatchedWarnings({ form }: { readonly form: Form }) {
  const [delayDays, trigger, conditions] = useWatch({ control: form.control, name: ["delayDays", "trigger", "conditions"] });
  return <RuleWarnings delayDays={delayDays} trigger={trigger} conditions={conditions} />;
}

function RuleWords({ form }: { readonly form: Form }) {
  const t = useTranslations("automations.followUps");
  const text = useWatch({ control: form.control, name: "text" });
  const isEmpty = form.formState.errors.text !== undefined && text.trim() === "";
  return (
    <>
      <Controller
        control={form.control}
        name="text"
        render={({ field }) => (
          <TextEditor
            label={t("text")}
            value={field.value}
            onValueChange={field.onChange}
            maxLength={RULE_TEXT_MAX}
            variables={RULE_VARIABLES}
            error={isEmpty ? t("invalid.text") : undefined}
          />
        )}
      />
      <TextPreview text={text} variables={RULE_VARIABLES} holes="not_sent" />
    </>
  );
}
