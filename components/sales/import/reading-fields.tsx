"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { TEXT_ENCODINGS } from "@/lib/text-encoding";
import { csvSeparatorSchema, dateOrderSchema, decimalMarkSchema, type ImportPreview } from "@/server/sales/schema";
import type { ImportDesk, ImportDraft } from "./use-import-draft";

/** Currencies of the countries our marketplaces sell in; whatever else a file has, it says in a column. */
const CURRENCIES = ["RUB", "UAH", "TRY", "USD", "EUR", "KZT", "BYN", "UZS", "AMD", "KGS", "AZN", "GEL", "GBP", "PLN", "CNY"] as const;

interface Props {
  readonly desk: ImportDesk;
  readonly draft: ImportDraft;
  readonly preview: ImportPreview;
}

/** How the file was understood; each can be put right. */
export function ReadingFields({ desk, draft, preview }: Props) {
  const t = useTranslations("sales-import.reading");
  const { decoded, chosen } = draft;
  const isGuess = preview.dateOrder?.isSure === false || preview.decimalMark?.isSure === false;
  return (
    <div className="flex flex-col gap-3">
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-5">
        <Field label={t("encoding")}>
          <Select
            value={decoded.encoding}
            onValueChange={desk.setEncoding}
            options={TEXT_ENCODINGS.map((value) => ({
              value,
              label: value === decoded.encoding && decoded.hasMark ? t("withMark", { encoding: t(`encodings.${value}`) }) : t(`encodings.${value}`),
            }))}
          />
        </Field>
        <Field label={t("separator")}>
          <Select
            value={preview.separator}
            onValueChange={(separator) => desk.setChosen({ separator })}
            options={csvSeparatorSchema.options.map((value) => ({ value, label: t(`separators.${value}`) }))}
          />
        </Field>
        <Field label={t("dateOrder")}>
          <Select
            value={preview.dateOrder?.value ?? null}
            placeholder={t("none")}
            onValueChange={(dateOrder) => desk.setChosen({ dateOrder })}
            options={dateOrderSchema.options.map((value) => ({ value, label: t(`dateOrders.${value}`) }))}
          />
        </Field>
        <Field label={t("decimalMark")}>
          <Select
            value={preview.decimalMark?.value ?? null}
            placeholder={t("none")}
            onValueChange={(decimalMark) => desk.setChosen({ decimalMark })}
            options={decimalMarkSchema.options.map((value) => ({ value, label: t(`decimalMarks.${value}`) }))}
          />
        </Field>
        <Field label={t("currency")} error={preview.missing.includes("currency") ? t("currencyMissing") : undefined}>
          <Select
            value={chosen.currency ?? null}
            placeholder={t("currencyNone")}
            onValueChange={(currency) => desk.setChosen({ currency })}
            options={CURRENCIES.map((value) => ({ value, label: value }))}
          />
        </Field>
      </div>
      {isGuess ? <Notice tone="attention">{preview.dateOrder?.isSure === false ? t("datesUnsure") : t("decimalsUnsure")}</Notice> : null}
    </div>
  );
}
