"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "@/components/providers/trpc-provider";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/date-time";
import { ErrorSentence } from "./error-sentence";

const DAYS = 7;

/** Errors of the last days with their counts; nothing is drawn where there were none. */
export function MetErrorsCard({ connectionId }: { readonly connectionId: string }) {
  const t = useTranslations("integrations.errors.met");
  const trpc = useTRPC();
  const { data } = useQuery(trpc.integrations.console.errors.queryOptions({ connectionId, days: DAYS }, { refetchInterval: 30_000 }));
  if (data === undefined || data.errors.length === 0) return null;
  return (
    <Card title={t("title")} description={t("lead", { days: DAYS })} padding="flush">
      <ul className="max-h-96 divide-y overflow-y-auto">
        {data.errors.map(({ place, code, count, lastAt }) => (
          <li key={`${place} ${code}`} className="flex flex-wrap items-baseline gap-x-3 gap-y-1 px-4 py-2.5 sm:px-5">
            <Badge>{t(`places.${place}`)}</Badge>
            <span className="min-w-56 flex-1 text-pretty">
              <ErrorSentence code={code} />
            </span>
            <span className="text-sm whitespace-nowrap text-ink-muted">{t("times", { count })}</span>
            <RelativeTime value={lastAt} className="text-sm whitespace-nowrap text-ink-faint" />
          </li>
        ))}
      </ul>
    </Card>
  );
}
