"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Archive, Ellipsis, Pencil, Waypoints } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useDeferredRemoval } from "../../layout/use-deferred-removal";
import { useMay } from "../../layout/use-may";
import { useTRPC } from "../../providers/trpc-provider";
import { Avatar } from "../../ui/avatar";
import { Badge } from "../../ui/badge";
import { EmptyState } from "../../ui/empty-state";
import { IconButton } from "../../ui/icon-button";
import { Menu, MenuItem } from "../../ui/menu";
import { DataList } from "../../ui/table";
import type { Person, Team } from "./types";

export interface TeamListProps {
  readonly teams: readonly Team[];
  readonly people: readonly Person[];
  readonly add: ReactNode;
  readonly onEdit: (team: Team) => void;
}

export function TeamList({ teams, people, add, onEdit }: TeamListProps) {
  const t = useTranslations("settings.teams");
  const queryClient = useQueryClient();
  const trpc = useTRPC();
  const { hidden, remove } = useDeferredRemoval();
  const { mutateAsync: archive } = useMutation(
    trpc.inbox.teams.archive.mutationOptions({ onSuccess: () => queryClient.invalidateQueries(trpc.inbox.pathFilter()) }),
  );
  const visible = teams.filter(({ id }) => !hidden.has(id));
  return (
    <DataList title={t("list")} count={visible.length}>
      {visible.length === 0 ? (
        <EmptyState icon={<Waypoints />} title={t("empty")} reason={t("emptyReason")} action={add} />
      ) : (
        <ul>
          {visible.map((team) => (
            <TeamRow
              key={team.id}
              team={team}
              members={people.filter(({ userId }) => team.memberIds.includes(userId))}
              onEdit={() => onEdit(team)}
              onArchive={() => remove(team.id, t("archived", { name: team.name }), () => archive({ teamId: team.id }))}
            />
          ))}
        </ul>
      )}
    </DataList>
  );
}

const SHOWN = 5;

interface TeamRowProps {
  readonly team: Team;
  readonly members: readonly Person[];
  readonly onEdit: () => void;
  readonly onArchive: () => void;
}

function TeamRow({ team: { name, autoAssign, memberIds }, members, onEdit, onArchive }: TeamRowProps) {
  const t = useTranslations("settings.teams");
  const common = useTranslations("common");
  const mayManage = useMay("inbox.manage");
  return (
    <li className="relative flex min-h-14 items-center gap-3 border-b px-4 py-2 last:border-b-0 hover:bg-hover">
      <div className="min-w-0 flex-1">
        <p className="flex min-w-0 items-center gap-2">
          {mayManage ? (
            <button type="button" onClick={onEdit} className="focus-inset truncate rounded-sm text-left font-medium after:absolute after:inset-0">
              {name}
            </button>
          ) : (
            <span className="truncate font-medium">{name}</span>
          )}
          {autoAssign ? <Badge tone="ok">{t("autoAssignShort")}</Badge> : <Badge>{t("byHand")}</Badge>}
        </p>
        <p className="text-sm text-ink-muted">{memberIds.length === 0 ? t("noMembers") : t("memberCount", { count: memberIds.length })}</p>
      </div>
      <span className="flex -space-x-1.5 max-sm:hidden" title={members.map((person) => person.name).join(", ")}>
        {members.slice(0, SHOWN).map((person) => (
          <Avatar key={person.userId} name={person.name} size="sm" className="ring-2 ring-surface" />
        ))}
        {members.length > SHOWN ? (
          <span className="tabular relative flex size-6 items-center justify-center rounded-full bg-sunken text-[0.6875rem] text-ink-muted ring-2 ring-surface">
            +{members.length - SHOWN}
          </span>
        ) : null}
      </span>
      {mayManage ? (
        <Menu align="end" trigger={<IconButton className="relative" label={`${common("more")}: ${name}`} icon={<Ellipsis />} />}>
          <MenuItem icon={<Pencil />} onSelect={onEdit}>
            {t("edit")}
          </MenuItem>
          <MenuItem icon={<Archive />} tone="danger" onSelect={onArchive}>
            {t("archive")}
          </MenuItem>
        </Menu>
      ) : null}
    </li>
  );
}
