"use client";

import { useLocale } from "next-intl";
import { exponentOf, type Money as MoneyValue, toDecimal } from "@/lib/money";
import { cn } from "./class-names";

const formatters = new Map<string, Intl.NumberFormat>();

function formatterFor(locale: string, currency: string, whole: boolean): Intl.NumberFormat {
  const key = `${locale} ${currency} ${whole}`;
  const known = formatters.get(key);
  if (known !== undefined) return known;
  const digits = whole ? 0 : exponentOf(currency);
  const made = new Intl.NumberFormat(locale, {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  formatters.set(key, made);
  return made;
}

/** An amount in the reader's grouping, exact to the last minor unit whatever its size. `whole` rounds to the major unit, for charts. */
export function formatMoney(value: MoneyValue, locale: string, whole = false): string {
  return formatterFor(locale, value.currency, whole).format(toDecimal(value.minor, value.currency) as `${number}`);
}

export function Money({
  value,
  whole = false,
  className,
}: {
  readonly value: MoneyValue;
  readonly whole?: boolean | undefined;
  readonly className?: string | undefined;
}) {
  const locale = useLocale();
  return <span className={cn("tabular whitespace-nowrap", className)}>{formatMoney(value, locale, whole)}</span>;
}
