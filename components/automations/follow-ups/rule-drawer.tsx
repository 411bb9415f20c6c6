"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Controller, useForm, useWatch } from "react-hook-form";
import { useTRPC } from "../../providers/trpc-provider";
import { useErrorText } from "../../providers/use-error-text";
import { Button } from "../../ui/button";
import { Checkbox } from "../../ui/checkbox";
import { Drawer } from "../../ui/drawer";
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

const FORM_ID = "follow-up-rule-form";

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
  const errorText = useErrorText();
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
    <Drawer
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      width="lg"
      title={ruleId === undefined ? t("newTitle") : t("editTitle")}
      footer={
        <>
          <Button className="mr-auto max-sm:w-full" pending={save.isPending} onClick={() => void tryIt()}>
            {t("saveAndTry")}
          </Button>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button type="submit" form={FORM_ID} variant="primary" pending={save.isPending}>
            {common("save")}
          </Button>
        </>
      }
    >
      <form id={FORM_ID} noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-5">
        {save.error === null ? null : (
          <Notice tone="failed" live>
            {errorText(save.error).text}
          </Notice>
        )}
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
      </form>
    </Drawer>
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
