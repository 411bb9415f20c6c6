"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { DeadlinePolicy } from "@/server/deadlines/schema";
import { QueryContent } from "../../layout/query-content";
import { useMay } from "../../layout/use-may";
import { useTRPC } from "../../providers/trpc-provider";
import { Button } from "../../ui/button";
import { PageHeader } from "../../ui/page-header";
import { SkeletonRows } from "../../ui/skeleton";
import { DataList } from "../../ui/table";
import { LimitsCard } from "./limits-card";
import { PolicyDrawer } from "./policy-drawer";
import { PolicyList } from "./policy-list";

/** Our own promises, in order, and below them what the marketplaces demand. */
export function DeadlinesView() {
  const t = useTranslations("automations.deadlines");
  const trpc = useTRPC();
  const mayManage = useMay("automations.manage");
  const policies = useQuery(trpc.deadlines.policies.list.queryOptions());
  const [editing, setEditing] = useState<DeadlinePolicy | "new" | null>(null);
  const add = mayManage ? (
    <Button variant="primary" icon={<Plus />} disabled={policies.data === undefined} onClick={() => setEditing("new")}>
      {t("add")}
    </Button>
  ) : undefined;
  return (
    <>
      <PageHeader title={t("title")} description={t("lead")} actions={add} />
      <DataList title={t("list")} count={policies.data?.length} footer={policies.data !== undefined && policies.data.length > 1 ? t("orderHint") : undefined}>
        <QueryContent query={policies} skeleton={<SkeletonRows rows={3} className="h-18" />}>
          {(list) => <PolicyList policies={list} add={add} onEdit={setEditing} />}
        </QueryContent>
      </DataList>
      <LimitsCard />
      {editing === null ? null : <PolicyDrawer policy={editing === "new" ? null : editing} policies={policies.data ?? []} onClose={() => setEditing(null)} />}
    </>
  );
}
