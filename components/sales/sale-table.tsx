"use client";

import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { useMay } from "@/components/layout/use-may";
import { Badge, type Tone } from "@/components/ui/badge";
import { ChannelMark } from "@/components/ui/channel-mark";
import { Cell, HeadCell, Table, TableHead, TableRow } from "@/components/ui/table";
import type { SaleKind, SaleLineView } from "@/server/sales/schema";
import { AmountCells, AmountHeads } from "./amount-cells";

const tones: Readonly<Record<SaleKind, Tone>> = { sale: "ok", return: "attention", fee: "neutral", correction: "neutral" };

export function SaleTable({ lines }: { readonly lines: readonly SaleLineView[] }) {
  const t = useTranslations("sales");
  return (
    <Table label={t("lines")}>
      <TableHead>
        <HeadCell>{t("columns.date")}</HeadCell>
        <HeadCell>{t("columns.description")}</HeadCell>
        <HeadCell>{t("columns.kind")}</HeadCell>
        <AmountHeads />
      </TableHead>
      <tbody>
        {lines.map((line) => (
          <SaleRow key={line.id} line={line} />
        ))}
      </tbody>
    </Table>
  );
}

function SaleRow({ line }: { readonly line: SaleLineView }) {
  const t = useTranslations("sales");
  const format = useFormatter();
  return (
    <TableRow>
      <Cell className="tabular whitespace-nowrap">
        {format.dateTime(new Date(`${line.date}T00:00:00Z`), { day: "2-digit", month: "short", timeZone: "UTC" })}
      </Cell>
      <Cell className="max-w-96">
        <span className="flex items-center gap-2">
          <ChannelMark system={line.marketplace} size="sm" label={line.marketplace} />
          <span className="min-w-0">
            <span className="block truncate">{line.productName ?? line.description}</span>
            <span className="tabular block truncate text-xs text-ink-faint">
              <OrderNumber line={line} />
              {line.sku === null ? null : `${line.postingNumber === null && line.orderNumber === null ? "" : " · "}SKU ${line.sku}`}
            </span>
          </span>
        </span>
      </Cell>
      <Cell>
        <span className="flex flex-wrap gap-1">
          <Badge tone={tones[line.kind]}>{t(`filters.kinds.${line.kind}`)}</Badge>
          {line.isSuperseded ? <Badge>{t("superseded")}</Badge> : line.isPreliminary ? <Badge>{t("preliminary")}</Badge> : null}
          {line.possibleDuplicateOfId === null ? null : <Badge tone="attention">{t("possibleDuplicate")}</Badge>}
        </span>
      </Cell>
      <AmountCells line={line} />
    </TableRow>
  );
}

/** The number of the order, and the way to it where Karavan knows it. */
function OrderNumber({ line }: { readonly line: SaleLineView }) {
  const maySeeOrders = useMay("orders.read");
  const number = line.postingNumber ?? line.orderNumber;
  if (number === null || line.orderId === null || !maySeeOrders) return number;
  return (
    <Link href={`/orders?order=${line.orderId}`} className="rounded-sm underline decoration-line-strong underline-offset-2 hover:text-accent-text">
      {number}
    </Link>
  );
}
