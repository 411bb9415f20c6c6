"use client";

import { useTranslations } from "next-intl";
import { useMay } from "../../layout/use-may";
import { Field } from "../../ui/field";
import { MultiSelect } from "../../ui/multi-select";
import { Select } from "../../ui/select";
import { useChannels } from "./use-channels";

/** Who finds a template or a macro: everybody, or only whoever wrote it. */
export function SharedField({ isShared, onSharedChange }: { readonly isShared: boolean; readonly onSharedChange: (isShared: boolean) => void }) {
  const t = useTranslations("automations.templates");
  const mayShare = useMay("replies.share");
  const options = [
    { value: "shared" as const, label: t("shared"), hint: t("sharedHint"), disabled: !mayShare },
    { value: "mine" as const, label: t("private"), hint: t("privateHint") },
  ];
  return (
    <Field label={t("whose")}>
      <Select options={options} value={isShared ? "shared" : "mine"} onValueChange={(value) => onSharedChange(value === "shared")} />
    </Field>
  );
}

/** Where it is offered; none chosen = everywhere. */
export function ChannelsField({ channels, onChannelsChange }: { readonly channels: string[]; readonly onChannelsChange: (channels: string[]) => void }) {
  const t = useTranslations("automations.templates");
  const { options } = useChannels();
  return (
    <Field label={t("channels")}>
      <MultiSelect options={options} values={channels} onValuesChange={onChannelsChange} none={t("anyChannel")} />
    </Field>
  );
}
