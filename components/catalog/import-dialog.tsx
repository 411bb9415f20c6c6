"use client";

import { useMutation } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC } from "@/components/providers/trpc-provider";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { FileInput } from "@/components/ui/file-input";
import { Money } from "@/components/ui/money";
import { Notice } from "@/components/ui/notice";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Cell, HeadCell, Table, TableHead, TableRow } from "@/components/ui/table";
import { toast } from "@/components/ui/toast";
import { decodeText } from "@/lib/text-encoding";
import type { TablePreview } from "@/server/catalog/schema";
import { useCatalogChange } from "./use-catalog-change";

/** A table of stock and prices: first what it would change, then the change. */
export function ImportDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations("catalog.table");
  const trpc = useTRPC();
  const { onSuccess, onError } = useCatalogChange();
  const [text, setText] = useState("");
  const preview = useMutation(trpc.catalog.table.preview.mutationOptions({ onError }));
  const apply = useMutation(
    trpc.catalog.table.carryOut.mutationOptions({
      onError,
      onSuccess: ({ stock, prices }) => {
        toast.done(t("applied", { stock, prices }));
        onClose();
        return onSuccess();
      },
    }),
  );
  const read = async (file: File) => {
    // Excel saves CSV in the code page of its Windows.
    const { text: content } = decodeText(new Uint8Array(await file.arrayBuffer()));
    setText(content);
    if (content.trim() !== "") preview.mutate({ text: content });
  };
  const changes = preview.data === undefined ? 0 : preview.data.stock.length + preview.data.prices.length;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      width="lg"
      title={t("importTitle")}
      description={t("importLead")}
      footer={
        <Button variant="primary" disabled={changes === 0 || preview.isPending} pending={apply.isPending} onClick={() => apply.mutate({ text })}>
          {t("apply", { count: changes })}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <Field label={t("file")} help={t("fileHelp")}>
          <FileInput accept=".csv,text/csv" onChoose={(file) => void read(file)} />
        </Field>
        {preview.isPending ? <SkeletonRows rows={4} className="h-10" /> : null}
        {preview.data === undefined ? null : <Preview preview={preview.data} />}
      </div>
    </Dialog>
  );
}

function Preview({ preview }: { readonly preview: TablePreview }) {
  const t = useTranslations("catalog.table");
  const nothing = preview.stock.length === 0 && preview.prices.length === 0;
  return (
    <div className="flex flex-col gap-3" aria-live="polite">
      <p>{t("found", { rows: preview.rows, stock: preview.stock.length, prices: preview.prices.length })}</p>
      {preview.unknownColumns.length === 0 ? null : <Notice tone="attention">{t("unknownColumns", { names: preview.unknownColumns.join(", ") })}</Notice>}
      {nothing && preview.problems.length === 0 ? <Notice>{t("nothing")}</Notice> : null}
      {preview.problems.length === 0 ? null : (
        <Notice tone="attention" title={t("problemsTitle", { count: preview.problems.length })}>
          <ul className="max-h-40 overflow-y-auto">
            {preview.problems.map((one, index) => (
              <li key={`${one.line} ${one.problem} ${index}`}>{t(`problems.${one.problem}`, { line: one.line, value: one.value })}</li>
            ))}
          </ul>
        </Notice>
      )}
      {nothing ? null : <Changes preview={preview} />}
    </div>
  );
}

function Changes({ preview }: { readonly preview: TablePreview }) {
  const t = useTranslations("catalog.table");
  const format = useFormatter();
  return (
    <div className="max-h-80 overflow-y-auto rounded-lg border">
      <Table label={t("changesLabel")}>
        <TableHead>
          <HeadCell>{t("columns.what")}</HeadCell>
          <HeadCell>{t("columns.field")}</HeadCell>
          <HeadCell align="end">{t("columns.before")}</HeadCell>
          <HeadCell align="end">{t("columns.after")}</HeadCell>
        </TableHead>
        <tbody>
          {preview.stock.map((one) => (
            <TableRow key={`stock ${one.line}`}>
              <What name={one.name} sku={one.sku} />
              <Cell>{t("stock")}</Cell>
              <Cell numeric className="text-ink-muted">
                {one.before === null ? "–" : format.number(one.before)}
              </Cell>
              <Cell numeric className="font-semibold">
                {format.number(one.after)}
              </Cell>
            </TableRow>
          ))}
          {preview.prices.map((one, index) => (
            <TableRow key={`price ${one.line} ${index}`}>
              <What name={one.name} sku={one.sku} />
              <Cell>{t("price", { shop: one.shop })}</Cell>
              <Cell numeric className="text-ink-muted">
                {one.before === null ? "–" : <Money value={{ minor: one.before, currency: one.currency }} />}
              </Cell>
              <Cell numeric className="font-semibold">
                <Money value={{ minor: one.after, currency: one.currency }} /> {one.isLarge ? <Badge tone="attention">{t("large")}</Badge> : null}
              </Cell>
            </TableRow>
          ))}
        </tbody>
      </Table>
    </div>
  );
}

function What({ name, sku }: { readonly name: string; readonly sku: string }) {
  return (
    <Cell className="max-w-60">
      <span className="block truncate">{name}</span>
      <span className="tabular block truncate text-xs text-ink-faint">{sku}</span>
    </Cell>
  );
}
