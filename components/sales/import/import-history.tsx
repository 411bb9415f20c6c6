"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { FileSpreadsheet, Undo2 } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { QueryContent } from "@/components/layout/query-content";
import { useTRPC } from "@/components/providers/trpc-provider";
import { useErrorText } from "@/components/providers/use-error-text";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { RelativeTime } from "@/components/ui/date-time";
import { EmptyState } from "@/components/ui/empty-state";
import { Money } from "@/components/ui/money";
import { SkeletonRows } from "@/components/ui/skeleton";
import { DataList } from "@/components/ui/table";
import { toast } from "@/components/ui/toast";
import type { SaleImport } from "@/server/sales/schema";

/** Files that were imported: who, when, what they brought; each can be taken back as a whole. */
export function ImportHistory() {
  const t = useTranslations("sales-import.history");
  const trpc = useTRPC();
  const imports = useQuery(trpc.sales.imports.list.queryOptions());
  return (
    <DataList title={t("title")} count={imports.data?.imports.length}>
      <QueryContent query={imports} skeleton={<SkeletonRows rows={3} className="h-14" />}>
        {({ imports: list }) =>
          list.length === 0 ? (
            <EmptyState icon={<FileSpreadsheet />} title={t("empty")} reason={t("emptyReason")} />
          ) : (
            <ul className="divide-y">
              {list.map((one) => (
                <ImportRow key={one.id} one={one} />
              ))}
            </ul>
          )
        }
      </QueryContent>
    </DataList>
  );
}

function ImportRow({ one }: { readonly one: SaleImport }) {
  const t = useTranslations("sales-import.history");
  const lines = `/sales?import=${one.id}&from=${one.from}&to=${one.to}`;
  const isUndone = one.undoneAt !== null;
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 px-4 py-2.5">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex items-center gap-2">
          {isUndone ? (
            <span className="truncate text-ink-muted line-through">{one.fileName}</span>
          ) : (
            <Link href={lines} className="truncate rounded-sm font-medium hover:text-accent-text hover:underline">
              {one.fileName}
            </Link>
          )}
          {isUndone ? <Badge>{t("undone")}</Badge> : null}
        </p>
        <p className="text-sm text-ink-muted">
          <RelativeTime value={one.at} /> · {one.byName ?? t("somebody")}
          {one.undoneAt === null
            ? null
            : t.rich("undoneBy", { name: one.undoneByName ?? t("somebody"), at: () => <RelativeTime value={one.undoneAt ?? one.at} /> })}
        </p>
      </div>
      <div className="min-w-0 text-sm sm:text-right">
        <p className="flex flex-wrap gap-x-3 text-base font-medium sm:justify-end">
          {one.totals.map(({ currency, revenueMinor }) => (
            <Money key={currency} value={{ minor: revenueMinor, currency }} />
          ))}
        </p>
        <p className="tabular text-ink-muted">
          {t("counts", { added: one.added, known: one.known, duplicates: one.possibleDuplicates, rejected: one.rejected })}
        </p>
      </div>
      <div className="w-28 text-right max-sm:text-left">{isUndone ? null : <UndoButton one={one} />}</div>
    </li>
  );
}

function UndoButton({ one }: { readonly one: SaleImport }) {
  const t = useTranslations("sales-import.history");
  const trpc = useTRPC();
  const client = useQueryClient();
  const errorText = useErrorText();
  const [isOpen, setOpen] = useState(false);
  const undo = useMutation(
    trpc.sales.imports.undo.mutationOptions({
      onError: (error) => void toast.failed(errorText(error).text),
      onSuccess: ({ removed, kept }) => {
        toast.done(kept === 0 ? t("undoneDone", { count: removed }) : t("undonePartly", { removed, kept }));
        setOpen(false);
        return client.invalidateQueries(trpc.sales.pathFilter());
      },
    }),
  );
  return (
    <ConfirmDialog
      open={isOpen}
      onOpenChange={setOpen}
      trigger={
        <Button size="sm" icon={<Undo2 />}>
          {t("undo")}
        </Button>
      }
      title={t("undoTitle", { name: one.fileName })}
      description={t("undoLead", { count: one.added })}
      confirmLabel={t("undoConfirm", { count: one.added })}
      pending={undo.isPending}
      onConfirm={() => undo.mutate({ importId: one.id })}
    />
  );
}
