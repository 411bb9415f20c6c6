"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Controller, useForm } from "react-hook-form";
import type { DeadlinePolicy } from "@/server/deadlines/schema";
import { FormFrame } from "../../layout/form-frame";
import { useTRPC } from "../../providers/trpc-provider";
import { Button } from "../../ui/button";
import { Checkbox } from "../../ui/checkbox";
import { Field } from "../../ui/field";
import { Input } from "../../ui/input";
import { toast } from "../../ui/toast";
import { FormSection } from "../parts/form-section";
import { PolicyConditionFields } from "./policy-conditions";
import { PolicyDryRun } from "./policy-dry-run";
import { PolicyEscalation } from "./policy-escalation";
import { NEW_POLICY, type PolicyForm, policyFormSchema, toPolicyForm, withPolicy } from "./policy-form";
import { PolicyTargets } from "./policy-targets";

const DRY_RUN_DAYS = 30;

export interface PolicyDrawerProps {
  /** Null makes a new one. */
  readonly policy: DeadlinePolicy | null;
  readonly policies: readonly DeadlinePolicy[];
  readonly onClose: () => void;
}

export function PolicyDrawer({ policy, policies, onClose }: PolicyDrawerProps) {
  const t = useTranslations("automations.deadlines");
  const queryClient = useQueryClient();
  const trpc = useTRPC();
  const save = useMutation(
    trpc.deadlines.policies.save.mutationOptions({
      onSuccess: () => {
        toast.done(t("saved"), { description: t("savedHint") });
        onClose();
        return queryClient.invalidateQueries(trpc.deadlines.pathFilter());
      },
    }),
  );
  const dryRun = useMutation(trpc.deadlines.dryRun.mutationOptions());
  const form = useForm<PolicyForm>({ resolver: zodResolver(policyFormSchema), defaultValues: policy === null ? NEW_POLICY : toPolicyForm(policy) });
  const submit = form.handleSubmit((values) => save.mutate({ ...values, id: policy?.id }));
  const tryIt = form.handleSubmit((values) => dryRun.mutate({ policies: withPolicy(policies, values, policy?.id), days: DRY_RUN_DAYS }));
  const error = save.error ?? dryRun.error;
  return (
    <FormFrame
      as="drawer"
      title={policy === null ? t("newTitle") : t("editTitle")}
      onClose={onClose}
      onSubmit={submit}
      error={error}
      isPending={save.isPending}
      extra={
        <Button className="mr-auto max-sm:w-full" pending={dryRun.isPending} onClick={() => void tryIt()}>
          {t("try")}
        </Button>
      }
    >
      {dryRun.data === undefined ? null : <PolicyDryRun key={dryRun.submittedAt} result={dryRun.data} days={DRY_RUN_DAYS} />}
      <Field label={t("name")} error={form.formState.errors.name && t("invalid.name")}>
        <Input autoFocus {...form.register("name")} />
      </Field>
      <FormSection title={t("targets")}>
        <PolicyTargets form={form} />
      </FormSection>
      <FormSection title={t("whom")} description={t("whomHint")}>
        <PolicyConditionFields form={form} />
      </FormSection>
      <FormSection title={t("late")}>
        <PolicyEscalation form={form} />
      </FormSection>
      <Controller
        control={form.control}
        name="isActive"
        render={({ field }) => <Checkbox label={t("active")} hint={t("activeHint")} checked={field.value} onCheckedChange={field.onChange} />}
      />
    </FormFrame>
  );
}
