"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { useChannels } from "@/components/automations";
import { Button } from "../../ui/button";
import { ChannelMark } from "../../ui/channel-mark";
import { Dialog } from "../../ui/dialog";
import { Field } from "../../ui/field";
import { MultiSelect } from "../../ui/multi-select";
import { Select } from "../../ui/select";
import type { AssignmentRule, Team } from "./types";

export type RuleFields = Omit<AssignmentRule, "id">;
export interface Shop {
  readonly id: string;
  readonly name: string;
  readonly connectorId: string;
}

export interface RuleDialogProps {
  /** Null makes a new one. */
  readonly rule: RuleFields | null;
  readonly teams: readonly Team[];
  readonly shops: readonly Shop[];
  readonly onSave: (rule: RuleFields) => void;
  readonly onClose: () => void;
}

/** New conversations of these channels and shops go to this team. */
export function RuleDialog({ rule, teams, shops, onSave, onClose }: RuleDialogProps) {
  const t = useTranslations("settings.teams.rules");
  const common = useTranslations("common");
  const { options } = useChannels();
  const [fields, setFields] = useState<RuleFields>(rule ?? { teamId: teams[0]?.id ?? "", channels: [], connectionIds: [] });
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      width="md"
      title={rule === null ? t("newTitle") : t("editTitle")}
      description={t("dialogLead")}
      footer={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button variant="primary" onClick={() => onSave(fields)}>
            {common("save")}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4 pt-1">
        <Field label={t("channels")}>
          <MultiSelect options={options} values={fields.channels} onValuesChange={(channels) => setFields({ ...fields, channels })} none={t("anyChannel")} />
        </Field>
        <Field label={t("shops")}>
          <MultiSelect
            options={shops.map(({ id, name, connectorId }) => ({ value: id, label: name, icon: <ChannelMark system={connectorId} size="sm" /> }))}
            values={fields.connectionIds}
            onValuesChange={(connectionIds) => setFields({ ...fields, connectionIds })}
            none={t("anyShop")}
            nothing={t("noShops")}
          />
        </Field>
        <Field label={t("team")}>
          <Select
            options={teams.map(({ id, name }) => ({ value: id, label: name }))}
            value={fields.teamId}
            onValueChange={(teamId) => setFields({ ...fields, teamId })}
          />
        </Field>
      </div>
    </Dialog>
  );
}
