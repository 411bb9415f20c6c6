"use client";

import { useFormatter, useTranslations } from "next-intl";
import { DateTime } from "@/components/ui/date-time";
import { Money } from "@/components/ui/money";
import { Notice } from "@/components/ui/notice";
import type { ImportPreview } from "@/server/sales/schema";

/** What the file would bring, in numbers, with everything a person should know before agreeing. */
export function ImportSummary({ preview }: { readonly preview: ImportPreview }) {
  const t = useTranslations("sales-import.preview");
  const { counts, totals, missing } = preview;
  return (
    <div className="flex flex-col gap-4 border-b px-4 py-4 sm:px-5" aria-live="polite">
      {missing.length > 0 ? <Notice tone="attention">{t("incomplete")}</Notice> : null}
      <Counts counts={counts} />
      {totals.map((sum) => (
        <dl key={sum.currency} className="flex flex-wrap items-baseline gap-x-6 gap-y-1">
          <Sum label={t("revenue", { currency: sum.currency })} minor={sum.revenueMinor} currency={sum.currency} strong />
          {sum.feesMinor === 0n ? null : <Sum label={t("fees")} minor={sum.feesMinor} currency={sum.currency} />}
          {sum.payoutMinor === 0n ? null : <Sum label={t("payout")} minor={sum.payoutMinor} currency={sum.currency} />}
        </dl>
      ))}
      <Remarks preview={preview} />
      <Rejected preview={preview} />
    </div>
  );
}

function Counts({ counts }: { readonly counts: ImportPreview["counts"] }) {
  const t = useTranslations("sales-import.preview");
  const format = useFormatter();
  const tiles = [
    ["rows", counts.rows, ""],
    ["fresh", counts.fresh, "text-ok-text"],
    ["known", counts.known, ""],
    ["possibleDuplicates", counts.possibleDuplicates, counts.possibleDuplicates > 0 ? "text-attention-text" : ""],
    ["rejected", counts.rejected, counts.rejected > 0 ? "text-failed-text" : ""],
  ] as const;
  return (
    <dl className="grid grid-cols-2 gap-x-4 gap-y-3 sm:grid-cols-3 lg:grid-cols-5">
      {tiles.map(([name, count, tone]) => (
        <div key={name} className="min-w-0">
          <dt className="text-sm text-ink-muted">{t(`counts.${name}`)}</dt>
          <dd className={`tabular text-xl font-semibold ${tone}`}>{format.number(count)}</dd>
        </div>
      ))}
    </dl>
  );
}

interface SumProps {
  readonly label: string;
  readonly minor: bigint;
  readonly currency: string;
  readonly strong?: boolean;
}

function Sum({ label, minor, currency, strong = false }: SumProps) {
  return (
    <div className="flex items-baseline gap-2">
      <dt className="text-sm text-ink-muted">{label}</dt>
      <dd className={strong ? "text-base font-semibold" : "text-base"}>
        <Money value={{ minor, currency }} />
      </dd>
    </div>
  );
}

function Remarks({ preview }: { readonly preview: ImportPreview }) {
  const t = useTranslations("sales-import.preview");
  const { counts, turned, rounded, importedAt } = preview;
  return (
    <>
      {importedAt === null ? null : <Notice>{t.rich("importedBefore", { at: () => <DateTime value={importedAt} /> })}</Notice>}
      {counts.possibleDuplicates === 0 ? null : <Notice tone="attention">{t("duplicates", { count: counts.possibleDuplicates })}</Notice>}
      {counts.differing === 0 ? null : <Notice tone="attention">{t("differing", { count: counts.differing })}</Notice>}
      {turned.returns === 0 ? null : <Notice>{t("turnedReturns", { count: turned.returns })}</Notice>}
      {turned.fees === 0 ? null : <Notice>{t("turnedFees", { count: turned.fees })}</Notice>}
      {rounded === 0 ? null : <Notice>{t("rounded", { count: rounded })}</Notice>}
    </>
  );
}

function Rejected({ preview }: { readonly preview: ImportPreview }) {
  const t = useTranslations("sales-import");
  const { counts, rejected } = preview;
  if (counts.rejected === 0) return null;
  return (
    <Notice tone="failed" title={t("preview.rejectedTitle", { count: counts.rejected })}>
      <section aria-label={t("preview.rejectedLabel")} tabIndex={0} className="focus-inset max-h-48 overflow-y-auto">
        <ul>
          {rejected.map(({ line, fault, value }) => (
            <li key={`${line} ${fault}`}>
              <span className="tabular font-medium">{t("preview.line", { line })}</span> {t(`faults.${fault}`, { value })}
            </li>
          ))}
        </ul>
      </section>
    </Notice>
  );
}
