"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Controller, useForm } from "react-hook-form";
import { z } from "zod";
import { FormFrame } from "../../layout/form-frame";
import { useSaved } from "../../layout/use-saved";
import { useTRPC } from "../../providers/trpc-provider";
import { Avatar } from "../../ui/avatar";
import { Checkbox } from "../../ui/checkbox";
import { Field } from "../../ui/field";
import { Input } from "../../ui/input";
import type { Person, Team } from "./types";

const formSchema = z.object({ name: z.string().trim().min(1).max(80), autoAssign: z.boolean(), memberIds: z.array(z.string()) });
type TeamForm = z.infer<typeof formSchema>;

export interface TeamDialogProps {
  /** Null makes a new one. */
  readonly team: Team | null;
  readonly people: readonly Person[];
  readonly onClose: () => void;
}

function useSave(team: Team | null, onClose: () => void) {
  const trpc = useTRPC();
  const settle = useSaved(trpc.inbox.pathFilter(), onClose);
  const create = useMutation(trpc.inbox.teams.create.mutationOptions(settle));
  const update = useMutation(trpc.inbox.teams.update.mutationOptions(settle));
  const save = (values: TeamForm) => (team === null ? create.mutate(values) : update.mutate({ teamId: team.id, ...values }));
  return { save, error: create.error ?? update.error, isPending: create.isPending || update.isPending };
}

export function TeamDialog({ team, people, onClose }: TeamDialogProps) {
  const t = useTranslations("settings.teams");
  const { save, error, isPending } = useSave(team, onClose);
  const defaultValues =
    team === null ? { name: "", autoAssign: true, memberIds: [] } : { name: team.name, autoAssign: team.autoAssign, memberIds: [...team.memberIds] };
  const form = useForm<TeamForm>({ resolver: zodResolver(formSchema), defaultValues });
  return (
    <FormFrame
      as="dialog"
      width="md"
      title={team === null ? t("newTitle") : t("editTitle")}
      onClose={onClose}
      onSubmit={form.handleSubmit(save)}
      error={error}
      isPending={isPending}
    >
      <Field label={t("name")} error={form.formState.errors.name && t("invalidName")}>
        <Input autoFocus {...form.register("name")} />
      </Field>
      <Controller
        control={form.control}
        name="memberIds"
        render={({ field }) => <MemberChoice people={people} values={field.value} onValuesChange={field.onChange} />}
      />
      <Controller
        control={form.control}
        name="autoAssign"
        render={({ field }) => <Checkbox label={t("autoAssign")} hint={t("autoAssignHint")} checked={field.value} onCheckedChange={field.onChange} />}
      />
    </FormFrame>
  );
}

interface MemberChoiceProps {
  readonly people: readonly Person[];
  readonly values: readonly string[];
  readonly onValuesChange: (values: string[]) => void;
}

function MemberChoice({ people, values, onValuesChange }: MemberChoiceProps) {
  const t = useTranslations("settings.teams");
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium">{t("members")}</legend>
      <ul className="max-h-64 overflow-y-auto rounded-md border">
        {people.map(({ userId, name, canBeAssigned }) => (
          <li key={userId} className="border-b px-3 py-2 last:border-b-0">
            <Checkbox
              label={
                <span className="inline-flex items-center gap-2">
                  <Avatar name={name} size="xs" />
                  {name}
                </span>
              }
              hint={canBeAssigned ? undefined : t("readsOnly")}
              checked={values.includes(userId)}
              onCheckedChange={(checked) => onValuesChange(checked ? [...values, userId] : values.filter((one) => one !== userId))}
            />
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
