"use client";

import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import type { DryRun } from "@/server/deadlines/schema";
import { DateTime } from "../../ui/date-time";
import { Cell, HeadCell, Table, TableHead, TableRow } from "../../ui/table";
import { reveal } from "../parts/reveal";

const FIGURES = ["due", "late", "lateConversations"] as const;

/** What the last weeks would have been with these policies, beside what they are with the present ones. */
export function PolicyDryRun({ result, days }: { readonly result: DryRun; readonly days: number }) {
  const t = useTranslations("automations.deadlines.dryRun");
  const format = useFormatter();
  const { conversations, isPartial, before, after, examples } = result;
  return (
    <section ref={reveal} aria-label={t("title")} aria-live="polite" className="overflow-hidden rounded-lg border">
      <header className="border-b px-4 py-2.5">
        <p className="text-base font-semibold">{t("title")}</p>
        <p className="text-sm text-ink-muted">
          {t("lead", { days, count: conversations })} {isPartial ? t("partial") : null}
        </p>
      </header>
      <Table label={t("title")}>
        <TableHead>
          <HeadCell>{t("figure")}</HeadCell>
          <HeadCell align="end">{t("before")}</HeadCell>
          <HeadCell align="end">{t("after")}</HeadCell>
        </TableHead>
        <tbody>
          {FIGURES.map((figure) => (
            <TableRow key={figure} className="h-9">
              <Cell>{t(figure)}</Cell>
              <Cell numeric className="text-ink-muted">
                {format.number(before[figure])}
              </Cell>
              <Cell numeric className="font-semibold">
                {format.number(after[figure])}
              </Cell>
            </TableRow>
          ))}
        </tbody>
      </Table>
      {examples.length === 0 ? null : <Examples examples={examples} />}
    </section>
  );
}

function Examples({ examples }: Pick<DryRun, "examples">) {
  const t = useTranslations("automations.deadlines.dryRun");
  const metric = useTranslations("deadlines.metric");
  return (
    <div className="border-t px-4 py-3">
      <p className="mb-1.5 text-sm font-medium">{t("examples")}</p>
      <ul className="flex flex-col gap-1">
        {examples.map((example) => (
          <li key={`${example.conversationId}-${example.startedAt.getTime()}`} className="flex flex-wrap items-baseline gap-x-2 text-sm">
            <Link href={`/inbox/${example.conversationId}`} className="font-medium hover:underline">
              {example.buyerName ?? t("someBuyer")}
            </Link>
            <span className="text-ink-muted">
              {metric(example.metric)} · {t("dueAt")} <DateTime value={example.dueAt} className="tabular" />
              {example.endedAt === null ? ` · ${t("stillOpen")}` : null}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
