"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { QueryContent } from "../../layout/query-content";
import { useMay } from "../../layout/use-may";
import { useTRPC } from "../../providers/trpc-provider";
import { Button } from "../../ui/button";
import { PageHeader } from "../../ui/page-header";
import { SkeletonRows } from "../../ui/skeleton";
import { DataList } from "../../ui/table";
import { PeopleList } from "./people-list";
import { RulesCard } from "./rules-card";
import { TeamDialog } from "./team-dialog";
import { TeamList } from "./team-list";
import type { Team } from "./types";

/** Who answers together, who is there, and what comes to whom. */
export function TeamsView() {
  const t = useTranslations("settings.teams");
  const trpc = useTRPC();
  const mayManage = useMay("inbox.manage");
  const teams = useQuery(trpc.inbox.teams.list.queryOptions());
  const people = useQuery(trpc.inbox.people.list.queryOptions());
  const [editing, setEditing] = useState<Team | "new" | null>(null);
  const add = mayManage ? (
    <Button variant="primary" icon={<Plus />} onClick={() => setEditing("new")}>
      {t("add")}
    </Button>
  ) : undefined;
  const skeleton = (
    <DataList title={t("list")}>
      <SkeletonRows rows={3} className="h-14" />
    </DataList>
  );
  return (
    <>
      <PageHeader title={t("title")} description={t("lead")} actions={add} />
      <QueryContent query={teams} skeleton={skeleton}>
        {(list) => (
          <>
            <TeamList teams={list} people={people.data ?? []} add={add} onEdit={setEditing} />
            <RulesCard teams={list} />
            <QueryContent query={people} skeleton={<SkeletonRows rows={3} className="h-13" />}>
              {(persons) => <PeopleList people={persons} teams={list} />}
            </QueryContent>
          </>
        )}
      </QueryContent>
      {editing === null ? null : <TeamDialog team={editing === "new" ? null : editing} people={people.data ?? []} onClose={() => setEditing(null)} />}
    </>
  );
}
