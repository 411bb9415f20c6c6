"use client";

import { useQuery } from "@tanstack/react-query";
import { ChartNoAxesColumn } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import type { EffectView } from "@/server/follow-ups/schema";
import { QueryContent } from "../../layout/query-content";
import { useTRPC } from "../../providers/trpc-provider";
import { Badge } from "../../ui/badge";
import { EmptyState } from "../../ui/empty-state";
import { SkeletonRows } from "../../ui/skeleton";
import { Cell, DataList, HeadCell, Table, TableHead, TableRow } from "../../ui/table";
import { Tooltip } from "../../ui/tooltip";
import { type Effect, ENOUGH, measure } from "./effect";

type RuleEffect = EffectView["rules"][number];

/** Those who got the message beside those who got nothing: whether a rule does any good. */
export function EffectTab() {
  const t = useTranslations("automations.followUps.effect");
  const trpc = useTRPC();
  const effect = useQuery(trpc.followUps.effect.queryOptions(undefined, { select: (data) => data.rules }));
  return (
    <DataList title={t("title")} footer={<p className="text-pretty">{t("explanation", { enough: ENOUGH })}</p>}>
      <QueryContent query={effect} skeleton={<SkeletonRows rows={3} className="h-14" />}>
        {(rules) =>
          rules.length === 0 ? (
            <EmptyState icon={<ChartNoAxesColumn />} title={t("empty")} reason={t("emptyReason")} />
          ) : (
            <Table label={t("title")}>
              <TableHead>
                <HeadCell className="max-sm:hidden">{t("rule")}</HeadCell>
                <HeadCell align="end" className="max-lg:hidden">
                  {t("scheduled")}
                </HeadCell>
                <HeadCell align="end" className="max-lg:hidden">
                  {t("skipped")}
                </HeadCell>
                <HeadCell className="max-sm:pl-4">{t("answered")}</HeadCell>
                <HeadCell align="end">{t("difference")}</HeadCell>
              </TableHead>
              <tbody>
                {rules.map((rule) => (
                  <EffectRow key={rule.ruleId} rule={rule} />
                ))}
              </tbody>
            </Table>
          )
        }
      </QueryContent>
    </DataList>
  );
}

function EffectRow({ rule }: { readonly rule: RuleEffect }) {
  const t = useTranslations("automations.followUps.effect");
  const format = useFormatter();
  const effect = measure(rule);
  return (
    <TableRow className="h-16">
      <Cell className="min-w-40 font-medium max-sm:hidden">{rule.ruleName}</Cell>
      <Cell numeric className="max-lg:hidden">
        {format.number(rule.scheduled)}
      </Cell>
      <Cell numeric className="max-lg:hidden">
        {format.number(rule.skipped + rule.cancelled)}
      </Cell>
      <Cell className="max-sm:pl-4">
        <div className="flex min-w-48 flex-col gap-1">
          <span className="font-medium sm:hidden">{rule.ruleName}</span>
          <Bar label={t("got")} rate={effect.sentRate} answered={rule.sentAnswered} all={rule.sent} strong />
          <Bar label={t("heldOut")} rate={effect.heldOutRate} answered={rule.heldOutAnswered} all={rule.heldOut} />
        </div>
      </Cell>
      <Cell align="end">
        <Difference effect={effect} />
      </Cell>
    </TableRow>
  );
}

interface BarProps {
  readonly label: string;
  readonly rate: number | null;
  readonly answered: number;
  readonly all: number;
  readonly strong?: boolean | undefined;
}

function Bar({ label, rate, answered, all, strong = false }: BarProps) {
  const format = useFormatter();
  return (
    <span className="grid grid-cols-[5.5rem_1fr_6.5rem] max-sm:grid-cols-[4.5rem_1fr_5.5rem] items-center gap-2 text-xs text-ink-muted">
      <span className="truncate">{label}</span>
      <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" className="h-1.5 w-full rounded-full bg-line">
        <rect width={(rate ?? 0) * 100} height="6" className={strong ? "fill-accent" : "fill-ink-faint"} />
      </svg>
      <span className="tabular text-right whitespace-nowrap">
        {rate === null ? "–" : `${format.number(rate, { style: "percent", maximumFractionDigits: 0 })} · ${format.number(answered)}/${format.number(all)}`}
      </span>
    </span>
  );
}

const TONES = { none: "neutral", few: "neutral", unclear: "neutral", clear: "ok" } as const;

function Difference({ effect: { points, verdict } }: { readonly effect: Effect }) {
  const t = useTranslations("automations.followUps.effect");
  const format = useFormatter();
  const tone = verdict === "clear" && (points ?? 0) < 0 ? "failed" : TONES[verdict];
  const figure = points === null ? "–" : t("points", { points: format.number(points, { signDisplay: "exceptZero", maximumFractionDigits: 1 }) });
  return (
    <Tooltip content={t(`verdicts.${verdict}`)}>
      <span className="inline-flex flex-col items-end gap-0.5">
        <span className="tabular font-medium whitespace-nowrap">{figure}</span>
        <Badge tone={tone}>{t(`verdictsShort.${verdict}`)}</Badge>
      </span>
    </Tooltip>
  );
}
