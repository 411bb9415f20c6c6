"use client";

import { useFormatter, useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { ChannelMark } from "@/components/ui/channel-mark";
import { Cell, HeadCell, Table, TableHead, TableRow } from "@/components/ui/table";
import type { ImportLine, ImportPreview } from "@/server/sales/schema";
import { AmountCells, AmountHeads } from "../amount-cells";

/** The first lines as they will be stored. */
export function PreviewLines({ preview }: { readonly preview: ImportPreview }) {
  const t = useTranslations("sales-import.lines");
  const columns = useTranslations("sales.columns");
  return (
    <Table label={t("label")}>
      <TableHead>
        <HeadCell align="end">{t("line")}</HeadCell>
        <HeadCell>{columns("date")}</HeadCell>
        <HeadCell>{columns("description")}</HeadCell>
        <HeadCell>{t("place")}</HeadCell>
        <HeadCell>{columns("kind")}</HeadCell>
        <AmountHeads />
      </TableHead>
      <tbody>
        {preview.lines.map((line) => (
          <LineRow key={line.line} line={line} />
        ))}
      </tbody>
    </Table>
  );
}

function LineRow({ line }: { readonly line: ImportLine }) {
  const t = useTranslations("sales-import.lines");
  const kinds = useTranslations("sales.filters.kinds");
  const format = useFormatter();
  const numbers = [line.orderNumber, line.sku === null ? null : `SKU ${line.sku}`].filter((part) => part !== null).join(" · ");
  return (
    <TableRow className={line.status === "known" ? "text-ink-muted" : undefined}>
      <Cell numeric className="text-ink-faint">
        {line.line}
      </Cell>
      <Cell className="tabular whitespace-nowrap">{format.dateTime(new Date(`${line.date}T00:00:00Z`), { dateStyle: "medium", timeZone: "UTC" })}</Cell>
      <Cell className="max-w-80 min-w-48">
        <span className="block truncate">{line.productName ?? line.description}</span>
        <span className="tabular block truncate text-xs text-ink-faint">{numbers}</span>
      </Cell>
      <Cell className="max-w-56 min-w-40">
        <span className="flex items-center gap-2">
          <ChannelMark system={line.marketplace} size="sm" label={line.marketplace} />
          <span className="min-w-0">
            <span className="block truncate">{line.connectionName ?? line.marketplace}</span>
            <span className="block truncate text-xs text-ink-faint">{line.organizationName}</span>
          </span>
        </span>
      </Cell>
      <Cell>
        <span className="flex flex-wrap gap-1">
          <Badge>{kinds(line.kind)}</Badge>
          {line.status === "known" ? <Badge>{t("known")}</Badge> : null}
          {line.isPossibleDuplicate ? <Badge tone="attention">{t("possibleDuplicate")}</Badge> : null}
        </span>
      </Cell>
      <AmountCells line={line} />
    </TableRow>
  );
}
