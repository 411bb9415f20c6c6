"use client";

import { useFormatter, useTranslations } from "next-intl";
import { Money } from "@/components/ui/money";
import { Cell, HeadCell } from "@/components/ui/table";

/** Headings over the figures of a line of sales. */
export function AmountHeads() {
  const t = useTranslations("sales.columns");
  return (
    <>
      <HeadCell align="end">{t("quantity")}</HeadCell>
      <HeadCell align="end">{t("revenue")}</HeadCell>
      <HeadCell align="end">{t("fees")}</HeadCell>
      <HeadCell align="end">{t("payout")}</HeadCell>
    </>
  );
}

export interface Amounts {
  readonly quantity: number;
  readonly currency: string;
  readonly revenueMinor: bigint;
  readonly feesMinor: bigint;
  readonly payoutMinor: bigint | null;
}

/** The figures of a line: pieces, revenue, fees, payout where it is known. */
export function AmountCells({ line: { quantity, currency, revenueMinor, feesMinor, payoutMinor } }: { readonly line: Amounts }) {
  const format = useFormatter();
  const money = (minor: bigint) => <Money value={{ minor, currency }} />;
  return (
    <>
      <Cell numeric>{format.number(quantity)}</Cell>
      <Cell numeric>{money(revenueMinor)}</Cell>
      <Cell numeric>{money(feesMinor)}</Cell>
      <Cell numeric>{payoutMinor === null ? "–" : money(payoutMinor)}</Cell>
    </>
  );
}
