"use client";

import { useQuery } from "@tanstack/react-query";
import { Network } from "lucide-react";
import { useTranslations } from "next-intl";
import { parseAsString, useQueryState } from "nuqs";
import { useState } from "react";
import { QueryError } from "@/components/layout/query-error";
import { useTRPC } from "@/components/providers/trpc-provider";
import { Badge } from "@/components/ui/badge";
import { DateTime } from "@/components/ui/date-time";
import { Drawer } from "@/components/ui/drawer";
import { EmptyState } from "@/components/ui/empty-state";
import { SearchInput } from "@/components/ui/search-input";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Cell, DataList, HeadCell, Table, TableHead, TableRow } from "@/components/ui/table";
import type { CallView } from "@/server/integrations/schema";
import { ErrorSentence } from "./errors/error-sentence";

/** Every call to the service, redacted, kept 30 days. */
export function CallsList({ connectionId }: { readonly connectionId: string }) {
  const t = useTranslations("integrations.calls");
  const trpc = useTRPC();
  const [search, setSearch] = useQueryState("calls", parseAsString.withDefault(""));
  const [open, setOpen] = useState<CallView | null>(null);
  const query = useQuery(
    trpc.integrations.calls.list.queryOptions(
      { connectionId, limit: 100, ...(search.trim() === "" ? {} : { search }) },
      { placeholderData: (before) => before },
    ),
  );
  const filters = <SearchInput label={t("search")} value={search} className="max-w-72" onValueChange={(next) => void setSearch(next)} />;
  return (
    <>
      <DataList title={t("title")} filters={filters} busy={query.isPending}>
        {query.isError ? <QueryError error={query.error} onRetry={() => void query.refetch()} /> : null}
        {query.isPending ? <SkeletonRows rows={6} /> : null}
        {query.data?.calls.length === 0 ? (
          <EmptyState icon={<Network />} title={t("emptyTitle")} reason={search === "" ? t("emptyReason") : t("emptySearch")} />
        ) : null}
        {query.data === undefined || query.data.calls.length === 0 ? null : (
          <Table label={t("title")}>
            <TableHead>
              <HeadCell>{t("at")}</HeadCell>
              <HeadCell>{t("endpoint")}</HeadCell>
              <HeadCell>{t("outcome")}</HeadCell>
              <HeadCell align="end">{t("duration")}</HeadCell>
              <HeadCell align="end">{t("size")}</HeadCell>
            </TableHead>
            <tbody>
              {query.data.calls.map((call) => (
                <TableRow key={call.id}>
                  <Cell className="tabular text-sm whitespace-nowrap text-ink-muted">
                    <DateTime value={call.at} />
                  </Cell>
                  <Cell>
                    <button
                      type="button"
                      onClick={() => setOpen(call)}
                      className="rounded-sm text-left font-mono text-sm text-accent-text underline-offset-2 hover:underline"
                    >
                      {call.method} {call.endpoint}
                    </button>
                  </Cell>
                  <Cell>
                    <Badge tone={call.outcome === "ok" ? "ok" : "failed"}>{call.status === null ? call.outcome : `${call.status} ${call.outcome}`}</Badge>
                  </Cell>
                  <Cell numeric>{t("ms", { ms: call.durationMs })}</Cell>
                  <Cell numeric>{t("bytes", { bytes: call.responseBytes })}</Cell>
                </TableRow>
              ))}
            </tbody>
          </Table>
        )}
      </DataList>
      <Drawer
        open={open !== null}
        onOpenChange={(next) => (next ? undefined : setOpen(null))}
        width="lg"
        title={open === null ? "" : `${open.method} ${open.endpoint}`}
      >
        {open === null ? null : <CallDetail call={open} />}
      </Drawer>
    </>
  );
}

function CallDetail({ call }: { readonly call: CallView }) {
  const t = useTranslations("integrations.calls");
  const body = (title: string, text: string | null) =>
    text === null || text === "" ? null : (
      <section>
        <h3 className="mb-1 text-sm font-semibold">{title}</h3>
        <pre className="max-h-96 overflow-auto rounded-md border bg-sunken p-3 font-mono text-xs break-all whitespace-pre-wrap">{text}</pre>
      </section>
    );
  return (
    <div className="flex flex-col gap-4">
      <p className="text-sm text-ink-muted">
        <DateTime value={call.at} /> · {t("ms", { ms: call.durationMs })} · {t("attempt", { attempt: call.attempt })}
      </p>
      {call.outcome === "ok" ? null : (
        <p className="text-base text-failed-text">
          <ErrorSentence code={`remote.${call.outcome}`} />
        </p>
      )}
      {call.errorText === null ? null : <p className="font-mono text-sm break-words text-ink-muted">{call.errorText}</p>}
      {body(t("request"), call.requestBody)}
      {body(t("response"), call.responseBody)}
      {call.requestId === null ? null : <p className="font-mono text-xs text-ink-faint">{call.requestId}</p>}
    </div>
  );
}
