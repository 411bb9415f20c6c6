"use client";

import { useTranslations } from "next-intl";
import { LabelDot } from "@/components/ui/label-chip";
import type { ConversationSummary } from "@/server/inbox/schema";
import { PickList } from "./pick-list";
import type { useChanges } from "./use-changes";
import { useNames } from "./use-names";

export interface LabelPickerProps {
  readonly conversation: ConversationSummary;
  readonly toggleLabel: ReturnType<typeof useChanges>["toggleLabel"];
}

export function LabelPicker({ conversation, toggleLabel }: LabelPickerProps) {
  const t = useTranslations("thread.labels");
  const { labels } = useNames();
  const items = labels.map(({ id, name, color }) => ({
    id,
    label: name,
    icon: <LabelDot color={color} className="mx-1" />,
    chosen: conversation.labels.some((label) => label.id === id),
  }));
  const onPick = (id: string) => {
    const label = labels.find((entry) => entry.id === id);
    if (label !== undefined) toggleLabel({ id: label.id, name: label.name, color: label.color });
  };
  return (
    <PickList multiple groups={[{ id: "labels", items }]} onPick={onPick} placeholder={t("search")} nothing={labels.length === 0 ? t("none") : t("nothing")} />
  );
}
