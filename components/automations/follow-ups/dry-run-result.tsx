"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { DryRun } from "@/server/follow-ups/schema";
import { QueryContent } from "../../layout/query-content";
import { useTRPC } from "../../providers/trpc-provider";
import { Badge } from "../../ui/badge";
import { Skeleton } from "../../ui/skeleton";
import { reveal } from "../parts/reveal";
import { useRuleWords } from "./use-rule-words";

/** What the rule would do to the last 30 days, were their moment now. */
export function DryRunResult({ ruleId }: { readonly ruleId: string }) {
  const t = useTranslations("automations.followUps.dryRun");
  const trpc = useTRPC();
  const run = useQuery(trpc.followUps.dryRun.queryOptions({ ruleId }, { staleTime: 0, gcTime: 0 }));
  return (
    <section ref={reveal} aria-label={t("title")} aria-live="polite" className="rounded-lg border">
      <header className="border-b px-4 py-2.5">
        <p className="text-base font-semibold">{t("title")}</p>
        <p className="text-sm text-ink-muted">{t("lead")}</p>
      </header>
      <QueryContent query={run} skeleton={<Skeleton className="m-4 h-24" />}>
        {(result) => <Result result={result} />}
      </QueryContent>
    </section>
  );
}

function Result({ result: { occasions, isPartial, outcomes, examples } }: { readonly result: DryRun }) {
  const t = useTranslations("automations.followUps.dryRun");
  const { reason } = useRuleWords();
  if (occasions === 0) return <p className="px-4 py-4 text-base text-ink-muted">{t("none")}</p>;
  const counted = [...outcomes].sort((a, b) => b.count - a.count);
  return (
    <div className="flex flex-col gap-4 px-4 py-3.5">
      <p className="text-base">
        {t("occasions", { count: occasions })} {isPartial ? <span className="text-ink-muted">{t("partial")}</span> : null}
      </p>
      <ul className="flex flex-col gap-1.5">
        {counted.map(({ code, count }) => (
          <li key={code} className="grid grid-cols-[2.5rem_1fr] items-baseline gap-2 text-base">
            <span className="tabular text-right font-semibold">{count}</span>
            <span className={isSent(code) ? "" : "text-ink-muted"}>{reason(code)}</span>
          </li>
        ))}
      </ul>
      {examples.length === 0 ? null : (
        <div className="flex flex-col gap-2">
          <p className="text-sm font-medium">{t("examples")}</p>
          <ul className="flex flex-col gap-2">
            {examples.map(({ conversationId, buyerName, outcome, text }) => (
              <li key={conversationId} className="rounded-md bg-sunken px-3 py-2">
                <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
                  <Link href={`/inbox/${conversationId}`} className="font-medium hover:underline">
                    {buyerName ?? t("someBuyer")}
                  </Link>
                  <Badge tone={isSent(outcome) ? "ok" : "neutral"}>{isSent(outcome) ? t("wouldSend") : t("wouldNot")}</Badge>
                </p>
                {isSent(outcome) ? null : <p className="text-sm text-ink-muted">{reason(outcome)}</p>}
                <p className="mt-1 text-sm whitespace-pre-wrap">{text}</p>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

const isSent = (code: string): boolean => code === "send" || code === "wait";
