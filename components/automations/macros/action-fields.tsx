"use client";

import { Plus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { MacroAction } from "@/server/replies/schema";
import { Button } from "../../ui/button";
import { Field } from "../../ui/field";
import { IconButton } from "../../ui/icon-button";
import { Menu, MenuItem } from "../../ui/menu";
import { MultiSelect } from "../../ui/multi-select";
import { Select } from "../../ui/select";
import { DurationInput } from "../parts/duration-input";
import { TextEditor } from "../parts/text-editor";
import { useChoices } from "../parts/use-choices";
import { addableKinds, NEW_ACTION, TEXT_MAX } from "./macro-form";
import { ACTION_ICONS } from "./use-action-words";
import { usePeople } from "./use-people";

const NOBODY = "nobody";
const PRIORITIES = [0, 1, 2, 3, 4] as const;
const STATUSES = ["open", "pending", "resolved"] as const;
const MINUTES_AN_HOUR = 60;

export interface ActionFieldsProps {
  readonly actions: readonly MacroAction[];
  readonly onActionsChange: (actions: MacroAction[]) => void;
  readonly error: string | undefined;
}

/** The steps of a macro, each with what it needs, and a menu of further ones. */
export function ActionFields({ actions, onActionsChange, error }: ActionFieldsProps) {
  const t = useTranslations("automations.macros");
  const addable = addableKinds(actions);
  return (
    <div className="flex flex-col gap-3">
      {actions.map((action, index) => (
        <section key={`${action.kind}-${index}`} className="rounded-lg border px-4 pt-2 pb-4" aria-label={t(`kinds.${action.kind}`)}>
          <header className="mb-2 flex min-h-8 items-center gap-2 text-sm font-medium">
            <span className="text-ink-faint [&_svg]:size-4">{ACTION_ICONS[action.kind]}</span>
            <span className="flex-1">{t(`kinds.${action.kind}`)}</span>
            <IconButton
              size="sm"
              label={t("removeStep", { step: t(`kinds.${action.kind}`) })}
              icon={<X />}
              onClick={() => onActionsChange(actions.filter((_, at) => at !== index))}
            />
          </header>
          <StepFields action={action} onChange={(next) => onActionsChange(actions.map((one, at) => (at === index ? next : one)))} />
        </section>
      ))}
      {error === undefined ? null : <p className="text-sm text-failed-text">{error}</p>}
      {addable.length === 0 ? null : (
        <Menu
          trigger={
            <Button size="sm" icon={<Plus />} className="self-start">
              {t("addStep")}
            </Button>
          }
        >
          {addable.map((kind) => (
            <MenuItem key={kind} icon={ACTION_ICONS[kind]} onSelect={() => onActionsChange([...actions, NEW_ACTION[kind]])}>
              {t(`kinds.${kind}`)}
            </MenuItem>
          ))}
        </Menu>
      )}
    </div>
  );
}

interface StepProps<A extends MacroAction> {
  readonly action: A;
  readonly onChange: (action: MacroAction) => void;
}
type Step<K extends MacroAction["kind"]> = StepProps<Extract<MacroAction, { kind: K }>>;

function StepFields({ action, onChange }: StepProps<MacroAction>): ReactNode {
  const t = useTranslations("automations.macros");
  switch (action.kind) {
    case "reply":
    case "note":
      return (
        <TextEditor
          label={t(`text.${action.kind}`)}
          value={action.text}
          maxLength={TEXT_MAX}
          onValueChange={(text) => onChange({ ...action, text })}
          {...(action.kind === "note" ? { variables: [] } : {})}
        />
      );
    case "assign":
      return <AssignStep action={action} onChange={onChange} />;
    case "label":
      return <LabelStep action={action} onChange={onChange} />;
    case "priority":
      return (
        <Select
          label={t("kinds.priority")}
          options={PRIORITIES.toReversed().map((priority) => ({ value: String(priority), label: t(`priorities.p${priority}`) }))}
          value={String(action.priority)}
          onValueChange={(value) => onChange({ ...action, priority: Number(value) })}
        />
      );
    case "snooze":
      return (
        <DurationInput
          label={t("snoozeFor")}
          minutes={action.hours * MINUTES_AN_HOUR}
          onMinutesChange={(minutes) => onChange({ ...action, hours: Math.max(1, Math.round(minutes / MINUTES_AN_HOUR)) })}
        />
      );
    case "status":
      return (
        <Select
          label={t("kinds.status")}
          options={STATUSES.map((status) => ({ value: status, label: t(`statuses.${status}`) }))}
          value={action.status}
          onValueChange={(status) => onChange({ ...action, status })}
        />
      );
    case "assign_me":
      return <p className="text-sm text-ink-muted">{t("assignMeHint")}</p>;
  }
}

function AssignStep({ action, onChange }: Step<"assign">) {
  const t = useTranslations("automations.macros");
  const people = usePeople();
  const { teams } = useChoices();
  const options = [
    { value: NOBODY, label: t("nobody") },
    ...people.map(({ id, name }) => ({ value: `person:${id}`, label: name })),
    ...teams.map(({ id, name }) => ({ value: `team:${id}`, label: t("team", { name }) })),
  ];
  const value = action.assigneeId ? `person:${action.assigneeId}` : action.teamId ? `team:${action.teamId}` : NOBODY;
  const choose = (chosen: string) => {
    const [kind, id = null] = chosen.split(":");
    onChange({ kind: "assign", assigneeId: kind === "person" ? id : null, teamId: kind === "team" ? id : null });
  };
  return <Select label={t("kinds.assign")} options={options} value={value} onValueChange={choose} />;
}

function LabelStep({ action, onChange }: Step<"label">) {
  const t = useTranslations("automations.macros");
  const { labels } = useChoices();
  const options = labels.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <Field label={t("labelAdd")}>
        <MultiSelect options={options} values={action.addLabelIds} onValuesChange={(addLabelIds) => onChange({ ...action, addLabelIds })} none={t("noLabel")} />
      </Field>
      <Field label={t("labelRemove")}>
        <MultiSelect
          options={options}
          values={action.removeLabelIds}
          onValuesChange={(removeLabelIds) => onChange({ ...action, removeLabelIds })}
          none={t("noLabel")}
        />
      </Field>
    </div>
  );
}
