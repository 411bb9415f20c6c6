"use client";

import { AlarmClock, CheckCheck, CircleUserRound, Flag, Reply, StickyNote, Tag, UserRound } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { MacroAction } from "@/server/replies/schema";
import type { useChoices } from "../parts/use-choices";
import type { usePeople } from "./use-people";

export const ACTION_ICONS: Readonly<Record<MacroAction["kind"], ReactNode>> = {
  reply: <Reply />,
  note: <StickyNote />,
  assign: <UserRound />,
  assign_me: <CircleUserRound />,
  label: <Tag />,
  priority: <Flag />,
  snooze: <AlarmClock />,
  status: <CheckCheck />,
};

const nameIn = (list: readonly { readonly id: string; readonly name: string }[], id: string) => list.find((entry) => entry.id === id)?.name;

/** A step in words: "Label: Delivery, not Return". */
export function useActionWords({ labels, teams }: Pick<ReturnType<typeof useChoices>, "labels" | "teams">, people: ReturnType<typeof usePeople>) {
  const t = useTranslations("automations.macros");
  const names = (ids: readonly string[]) => ids.map((id) => nameIn(labels, id) ?? t("gone")).join(", ");
  return (action: MacroAction): string => {
    switch (action.kind) {
      case "reply":
      case "note":
        return t(`says.${action.kind}`, { text: action.text.replaceAll("\n", " ").slice(0, 80) });
      case "assign": {
        const { assigneeId, teamId } = action;
        const who = assigneeId ? (nameIn(people, assigneeId) ?? t("gone")) : teamId ? (nameIn(teams, teamId) ?? t("gone")) : t("nobody");
        return t("says.assign", { who });
      }
      case "label":
        return [
          action.addLabelIds.length === 0 ? "" : t("says.labelAdd", { names: names(action.addLabelIds) }),
          action.removeLabelIds.length === 0 ? "" : t("says.labelRemove", { names: names(action.removeLabelIds) }),
        ]
          .filter((part) => part !== "")
          .join(", ");
      case "priority":
        return t("says.priority", { priority: t(`priorities.p${action.priority}`) });
      case "snooze":
        return t("says.snooze", { hours: action.hours });
      case "status":
        return t("says.status", { status: t(`statuses.${action.status}`) });
      case "assign_me":
        return t("says.assign_me");
    }
  };
}
