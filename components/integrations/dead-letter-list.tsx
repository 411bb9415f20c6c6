"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { CircleCheck, RotateCcw } from "lucide-react";
import { useTranslations } from "next-intl";
import { QueryError } from "@/components/layout/query-error";
import { useTRPC } from "@/components/providers/trpc-provider";
import { useErrorText } from "@/components/providers/use-error-text";
import { RelativeTime } from "@/components/ui/date-time";
import { EmptyState } from "@/components/ui/empty-state";
import { IconButton } from "@/components/ui/icon-button";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Cell, DataList, HeadCell, Table, TableHead, TableRow } from "@/components/ui/table";
import { toast } from "@/components/ui/toast";
import { ErrorSentence } from "./errors/error-sentence";

/** Records that could not be applied: kept whole, replayed after a fix. Nothing is thrown away. */
export function DeadLetterList({ connectionId }: { readonly connectionId: string }) {
  const t = useTranslations("integrations.deadLetters");
  const trpc = useTRPC();
  const client = useQueryClient();
  const errorText = useErrorText();
  const query = useQuery(trpc.integrations.deadLetters.list.queryOptions({ connectionId }));
  const replay = useMutation(
    trpc.integrations.deadLetters.replay.mutationOptions({
      onSuccess: () => void client.invalidateQueries(trpc.integrations.deadLetters.pathFilter()),
      onError: (error) => void toast.failed(t("notReplayed"), { description: errorText(error).text }),
    }),
  );
  return (
    <DataList title={t("title")} busy={query.isPending}>
      {query.isError ? <QueryError error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.isPending ? <SkeletonRows rows={3} /> : null}
      {query.data?.deadLetters.length === 0 ? <EmptyState icon={<CircleCheck />} title={t("emptyTitle")} reason={t("emptyReason")} /> : null}
      {query.data === undefined || query.data.deadLetters.length === 0 ? null : (
        <Table label={t("title")}>
          <TableHead>
            <HeadCell>{t("received")}</HeadCell>
            <HeadCell>{t("kind")}</HeadCell>
            <HeadCell>{t("why")}</HeadCell>
            <HeadCell align="end">
              <span className="sr-only">{t("actions")}</span>
            </HeadCell>
          </TableHead>
          <tbody>
            {query.data.deadLetters.map((letter) => (
              <TableRow key={letter.id}>
                <Cell>
                  <RelativeTime value={letter.createdAt} className="whitespace-nowrap" />
                </Cell>
                <Cell>
                  {letter.kind} <span className="tabular text-sm text-ink-faint">{letter.externalId}</span>
                </Cell>
                <Cell>
                  <ErrorSentence code={letter.errorCode} /> <span className="text-sm text-ink-faint">{letter.errorText}</span>
                </Cell>
                <Cell align="end">
                  <IconButton
                    size="sm"
                    label={t("replay")}
                    icon={<RotateCcw />}
                    pending={replay.isPending && replay.variables.id === letter.id}
                    onClick={() => replay.mutate({ id: letter.id })}
                  />
                </Cell>
              </TableRow>
            ))}
          </tbody>
        </Table>
      )}
    </DataList>
  );
}
