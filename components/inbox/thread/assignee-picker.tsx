"use client";

import { CircleSlash, Users } from "lucide-react";
import { useTranslations } from "next-intl";
import { Avatar } from "@/components/ui/avatar";
import { cn } from "@/components/ui/class-names";
import type { ConversationSummary } from "@/server/inbox/schema";
import type { Person } from "@/server/inbox/team/schema";
import { type PickGroup, PickList } from "./pick-list";
import type { useChanges } from "./use-changes";
import { useNames } from "./use-names";

const NOBODY = "nobody";
const presence = { online: "bg-ok", away: "bg-attention", offline: "bg-ink-faint" } as const;

function Face({ person }: { readonly person: Person }) {
  return (
    <span className="relative flex">
      <Avatar name={person.name} size="sm" />
      <span aria-hidden="true" className={cn("absolute -right-0.5 -bottom-0.5 size-2.5 rounded-full border-2 border-raised", presence[person.availability])} />
    </span>
  );
}

export interface AssigneePickerProps {
  readonly conversation: ConversationSummary;
  readonly assign: ReturnType<typeof useChanges>["assign"];
  readonly onDone: () => void;
}

/** People by presence, those with room first; then teams. */
export function AssigneePicker({ conversation, assign, onDone }: AssigneePickerProps) {
  const t = useTranslations("thread.assign");
  const { people, teams } = useNames();
  const order = { online: 0, away: 1, offline: 2 } as const;
  const able = people
    .filter(({ canBeAssigned }) => canBeAssigned)
    .sort(
      (left, right) => Number(right.isYou) - Number(left.isYou) || order[left.availability] - order[right.availability] || left.name.localeCompare(right.name),
    );
  const groups: PickGroup[] = [
    {
      id: "people",
      title: t("people"),
      items: able.map((person) => ({
        id: person.userId,
        label: person.isYou ? t("you", { name: person.name }) : person.name,
        icon: <Face person={person} />,
        hint: person.availability === "online" ? loadOf(person) : t(`availability.${person.availability}`),
        chosen: conversation.assignee?.id === person.userId,
      })),
    },
    {
      id: "teams",
      title: t("teams"),
      items: teams.map((team) => ({
        id: team.id,
        label: team.name,
        icon: <Users className="mx-1 size-4 shrink-0 text-ink-muted" />,
        chosen: conversation.team?.id === team.id,
      })),
    },
    {
      id: "none",
      items:
        conversation.assignee === null && conversation.team === null
          ? []
          : [{ id: NOBODY, label: t("nobody"), icon: <CircleSlash className="mx-1 size-4 shrink-0 text-ink-muted" /> }],
    },
  ];
  const onPick = (id: string) => {
    onDone();
    const person = people.find(({ userId }) => userId === id);
    const team = teams.find((entry) => entry.id === id);
    if (id === NOBODY) void assign({ assignee: null, team: null });
    else if (person !== undefined) void assign({ assignee: { id: person.userId, name: person.name } });
    else if (team !== undefined)
      void assign({
        team: { id: team.id, name: team.name },
        ...(conversation.assignee !== null && !isIn(people, conversation.assignee.id, id) ? { assignee: null } : {}),
      });
  };
  return <PickList groups={groups} onPick={onPick} placeholder={t("search")} nothing={t("nothing")} />;
}

/** A team takes over from a person who is not one of it. */
function isIn(people: readonly Person[], userId: string, teamId: string): boolean {
  return people.find((person) => person.userId === userId)?.teamIds.includes(teamId) === true;
}

function loadOf({ openConversations, capacity }: Person): string {
  return capacity === null ? String(openConversations) : `${openConversations}/${capacity}`;
}
