"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { useOfferUndo } from "../../layout/undo";
import { useMay } from "../../layout/use-may";
import { useTRPC } from "../../providers/trpc-provider";
import { useErrorText } from "../../providers/use-error-text";
import { Avatar } from "../../ui/avatar";
import { StatusPill } from "../../ui/badge";
import { Input } from "../../ui/input";
import { Cell, DataList, HeadCell, Table, TableHead, TableRow } from "../../ui/table";
import { toast } from "../../ui/toast";
import type { Person, Team } from "./types";

const TONES = { online: "ok", away: "attention", offline: "neutral" } as const;
const CAPACITY_MAX = 1_000;

/** Who is there, how much they have, and how much they are given at most. */
export function PeopleList({ people, teams }: { readonly people: readonly Person[]; readonly teams: readonly Team[] }) {
  const t = useTranslations("settings.teams");
  const answering = people.filter(({ canBeAssigned }) => canBeAssigned);
  return (
    <DataList title={t("people")} count={answering.length} footer={t("capacityHint")}>
      <Table label={t("people")}>
        <TableHead>
          <HeadCell>{t("person")}</HeadCell>
          <HeadCell className="max-md:hidden">{t("inTeams")}</HeadCell>
          <HeadCell align="end">{t("openNow")}</HeadCell>
          <HeadCell align="end">{t("capacity")}</HeadCell>
        </TableHead>
        <tbody>
          {answering.map((person) => (
            <PersonRow key={person.userId} person={person} teamNames={teams.filter(({ id }) => person.teamIds.includes(id)).map(({ name }) => name)} />
          ))}
        </tbody>
      </Table>
    </DataList>
  );
}

function PersonRow({ person, teamNames }: { readonly person: Person; readonly teamNames: readonly string[] }) {
  const t = useTranslations("settings.teams");
  const format = useFormatter();
  const mayManage = useMay("inbox.manage");
  const { name, availability, openConversations, capacity } = person;
  return (
    <TableRow className="h-13">
      <Cell>
        <span className="flex min-w-0 items-center gap-2.5">
          <Avatar name={name} size="sm" />
          <span className="min-w-0">
            <span className="block truncate font-medium">{name}</span>
            <StatusPill tone={TONES[availability]} className="text-xs">
              {t(`availability.${availability}`)}
            </StatusPill>
          </span>
        </span>
      </Cell>
      <Cell className="text-ink-muted max-md:hidden">{teamNames.length === 0 ? "–" : teamNames.join(", ")}</Cell>
      <Cell numeric>{format.number(openConversations)}</Cell>
      <Cell align="end">
        {mayManage ? <CapacityInput person={person} /> : <span className="tabular">{capacity === null ? t("noLimit") : format.number(capacity)}</span>}
      </Cell>
    </TableRow>
  );
}

/** Saved when it is left; empty means no limit. */
function CapacityInput({ person: { userId, name, capacity } }: { readonly person: Person }) {
  const t = useTranslations("settings.teams");
  const errorText = useErrorText();
  const offerUndo = useOfferUndo();
  const queryClient = useQueryClient();
  const trpc = useTRPC();
  const [typed, setTyped] = useState<string | null>(null);
  const save = useMutation(
    trpc.inbox.people.setCapacity.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.inbox.people.pathFilter()),
      onError: (error) => void toast.failed(errorText(error).text),
    }),
  );
  const settle = () => {
    const next = typed === null ? capacity : typed.trim() === "" ? null : Math.min(CAPACITY_MAX, Math.max(0, Math.round(Number(typed))));
    setTyped(null);
    if (next === capacity || Number.isNaN(next)) return;
    const undo = () => save.mutate({ userId, capacity });
    save.mutate({ userId, capacity: next }, { onSuccess: () => offerUndo(t("capacitySaved", { name }), { undo }) });
  };
  const shown = save.isPending ? save.variables.capacity : capacity;
  return (
    <Input
      size="sm"
      inputMode="numeric"
      className="tabular inline-block w-24 text-right max-sm:w-20"
      aria-label={t("capacityOf", { name })}
      placeholder="∞"
      value={typed ?? (shown === null ? "" : String(shown))}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={settle}
      onKeyDown={(event) => (event.key === "Enter" ? event.currentTarget.blur() : undefined)}
    />
  );
}
