"use client";

import { CircleSlash, Users } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Avatar } from "@/components/ui/avatar";
import { LabelDot } from "@/components/ui/label-chip";
import type { ConversationSummary } from "@/server/inbox/schema";
import type { BulkAction } from "@/server/inbox/team/schema";
import { MomentPicker } from "../thread/moment-picker";
import { PickList } from "../thread/pick-list";
import { useNames } from "../thread/use-names";
import type { ActionNames } from "./bulk-rules";

const NOBODY = "nobody";

export function BulkAssign({ onPick }: { readonly onPick: (action: BulkAction, names: ActionNames) => void }) {
  const t = useTranslations("inbox-list.bulk");
  const { people, teams } = useNames();
  const able = people
    .filter(({ canBeAssigned }) => canBeAssigned)
    .sort((left, right) => Number(right.isYou) - Number(left.isYou) || left.name.localeCompare(right.name));
  const pick = (id: string) => {
    const person = able.find(({ userId }) => userId === id);
    const team = teams.find((entry) => entry.id === id);
    if (id === NOBODY) onPick({ kind: "assign", assigneeId: null, teamId: null }, { assignee: null, team: null });
    else if (person !== undefined) onPick({ kind: "assign", assigneeId: id }, { assignee: { id, name: person.name } });
    else if (team !== undefined) onPick({ kind: "assign", teamId: id }, { team: { id, name: team.name } });
  };
  return (
    <PickList
      groups={[
        {
          id: "people",
          items: able.map(({ userId, name, isYou }) => ({ id: userId, label: isYou ? t("you", { name }) : name, icon: <Avatar name={name} size="xs" /> })),
        },
        { id: "teams", items: teams.map(({ id, name }) => ({ id, label: name, icon: <Users className="mx-0.5 size-4 shrink-0 text-ink-muted" /> })) },
        { id: "none", items: [{ id: NOBODY, label: t("nobody"), icon: <CircleSlash className="mx-0.5 size-4 shrink-0 text-ink-muted" /> }] },
      ]}
      onPick={pick}
      placeholder={t("findPerson")}
      nothing={t("nothing")}
    />
  );
}

/** A label that all have is taken off, any other is put on. */
export function BulkLabel({
  rows,
  onPick,
}: {
  readonly rows: readonly ConversationSummary[];
  readonly onPick: (action: BulkAction, names: ActionNames) => void;
}) {
  const t = useTranslations("inbox-list.bulk");
  const { labels } = useNames();
  const [put, setPut] = useState<ReadonlyMap<string, boolean>>(new Map());
  const isOnAll = (id: string) => put.get(id) ?? (rows.length > 0 && rows.every((row) => row.labels.some((label) => label.id === id)));
  const pick = (id: string) => {
    const label = labels.find((entry) => entry.id === id);
    if (label === undefined) return;
    const off = isOnAll(id);
    setPut(new Map([...put, [id, !off]]));
    onPick({ kind: "label", addLabelIds: off ? [] : [id], removeLabelIds: off ? [id] : [] }, { labels: [{ id, name: label.name, color: label.color }] });
  };
  const items = labels.map(({ id, name, color }) => ({ id, label: name, icon: <LabelDot color={color} className="mx-1" />, chosen: isOnAll(id) }));
  return (
    <PickList
      multiple
      groups={[{ id: "labels", items }]}
      onPick={pick}
      placeholder={t("findLabel")}
      nothing={labels.length === 0 ? t("noLabels") : t("nothing")}
    />
  );
}

export function BulkSnooze({ onPick }: { readonly onPick: (until: Date) => void }) {
  const t = useTranslations("inbox-list.bulk");
  return <MomentPicker confirm={t("snooze")} onPick={onPick} />;
}
