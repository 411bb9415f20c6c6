"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { History } from "lucide-react";
import { useTranslations } from "next-intl";
import { parseAsString, useQueryStates } from "nuqs";
import { QueryContent } from "../layout/query-content";
import { useTRPC } from "../providers/trpc-provider";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";
import { PageHeader } from "../ui/page-header";
import { Select } from "../ui/select";
import { SkeletonRows } from "../ui/skeleton";
import { DataList, HeadCell, Table, TableHead } from "../ui/table";
import { AuditRow } from "./audit-row";

/** The kinds of things that are recorded; text `settings.audit.subjects.<kind>`. */
const SUBJECTS = [
  "session",
  "user",
  "member",
  "invitation",
  "organization",
  "workspace",
  "connection",
  "message",
  "sale_line",
  "sale_import",
  "delivery",
  "sync_run",
  "job_run",
] as const;
const EVERYTHING = "all";

function useAuditFilters() {
  return useQueryStates({ subject: parseAsString.withDefault(EVERYTHING), actor: parseAsString.withDefault(EVERYTHING) });
}

export function AuditView() {
  const t = useTranslations("settings.audit");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const [{ subject, actor }, setFilters] = useAuditFilters();
  const input = { ...(subject === EVERYTHING ? {} : { subjectType: subject }), ...(actor === EVERYTHING ? {} : { actorId: actor }) };
  const audit = useInfiniteQuery(trpc.access.audit.list.infiniteQueryOptions(input, { getNextPageParam: (page) => page.nextCursor ?? undefined }));
  const filtered = subject !== EVERYTHING || actor !== EVERYTHING;
  const clear = <Button onClick={() => void setFilters(null)}>{common("clearFilters")}</Button>;
  return (
    <>
      <PageHeader title={t("title")} description={t("lead")} />
      <DataList
        title={t("list")}
        busy={audit.isFetching}
        filters={<AuditFilters />}
        footer={
          audit.hasNextPage ? (
            <Button size="sm" pending={audit.isFetchingNextPage} onClick={() => void audit.fetchNextPage()}>
              {common("loadMore")}
            </Button>
          ) : undefined
        }
      >
        <QueryContent query={audit} skeleton={<SkeletonRows rows={8} className="h-11" />}>
          {({ pages }) => {
            const entries = pages.flatMap((page) => page.entries);
            if (entries.length === 0)
              return (
                <EmptyState
                  icon={<History />}
                  title={t("empty")}
                  reason={filtered ? t("emptyFiltered") : t("emptyReason")}
                  action={filtered ? clear : undefined}
                />
              );
            return (
              <Table label={t("list")}>
                <TableHead>
                  <HeadCell>{t("columns.when")}</HeadCell>
                  <HeadCell className="max-sm:hidden">{t("columns.who")}</HeadCell>
                  <HeadCell>{t("columns.what")}</HeadCell>
                  <HeadCell className="max-sm:hidden">{t("columns.address")}</HeadCell>
                </TableHead>
                <tbody>
                  {entries.map((entry) => (
                    <AuditRow key={entry.entryId} entry={entry} />
                  ))}
                </tbody>
              </Table>
            );
          }}
        </QueryContent>
      </DataList>
    </>
  );
}

function AuditFilters() {
  const t = useTranslations("settings.audit");
  const trpc = useTRPC();
  const members = useQuery(trpc.access.members.list.queryOptions());
  const [{ subject, actor }, setFilters] = useAuditFilters();
  const subjects = [{ value: EVERYTHING, label: t("anySubject") }, ...SUBJECTS.map((value) => ({ value, label: t(`subjects.${value}`) }))];
  const people = [{ value: EVERYTHING, label: t("anybody") }, ...(members.data ?? []).map((member) => ({ value: member.userId, label: member.name }))];
  const choose = (next: { subject?: string; actor?: string }) => void setFilters(next, { history: "push" });
  return (
    <>
      <Select
        size="sm"
        className="w-48 max-sm:w-auto max-sm:flex-1"
        label={t("columns.what")}
        options={subjects}
        value={subject}
        onValueChange={(value) => choose({ subject: value })}
      />
      <Select
        size="sm"
        className="w-48 max-sm:w-auto max-sm:flex-1"
        label={t("columns.who")}
        options={people}
        value={actor}
        onValueChange={(value) => choose({ actor: value })}
      />
    </>
  );
}
