"use client";

import { useQuery } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "next-intl";
import { QueryError } from "@/components/layout/query-error";
import { useTRPC } from "@/components/providers/trpc-provider";
import { durationParts, type ExplainStep, explainParamKind } from "@/server/deadlines/schema";
import { PickSkeleton } from "./pick-skeleton";

/** "Why is this due then", step by step, in the clocks of the calendar that counts. */
export function DeadlineExplanation({ conversationId }: { readonly conversationId: string }) {
  const t = useTranslations("thread.deadline");
  const trpc = useTRPC();
  const { data, error, refetch } = useQuery(trpc.deadlines.explain.queryOptions({ conversationId }, { staleTime: 0 }));
  if (error !== null) return <QueryError error={error} onRetry={() => void refetch()} className="w-80 py-6" />;
  if (data === undefined) return <PickSkeleton />;
  return (
    <div className="w-96 max-w-full p-4">
      <h3 className="text-base font-semibold">{t("why")}</h3>
      {data === null ? (
        <p className="mt-1 text-sm text-ink-muted">{t("none")}</p>
      ) : (
        <>
          <Steps steps={data.steps} timeZone={data.timeZone} />
          {data.timeZone === null ? null : <p className="mt-3 text-xs text-ink-faint">{t("zone", { zone: data.timeZone })}</p>}
        </>
      )}
    </div>
  );
}

function Steps({ steps, timeZone }: { readonly steps: readonly ExplainStep[]; readonly timeZone: string | null }) {
  const write = useStepText(timeZone);
  return (
    <ol className="mt-3 flex flex-col">
      {steps.map((step, index) => (
        <li key={`${step.code}-${index}`} className="relative flex gap-3 pb-2 text-sm text-pretty last:pb-0 last:font-medium">
          <span aria-hidden="true" className="relative mt-1.5 flex w-2 shrink-0 justify-center">
            <span className="size-1.5 rounded-full bg-line-strong" />
            {index === steps.length - 1 ? null : <span className="absolute top-2.5 -bottom-4 w-px bg-line" />}
          </span>
          <span>{write(step)}</span>
        </li>
      ))}
    </ol>
  );
}

function useStepText(timeZone: string | null): (step: ExplainStep) => string {
  const t = useTranslations("deadlines");
  const format = useFormatter();
  const zone = timeZone === null ? {} : { timeZone };
  const writeValue = (name: string, value: string | number | Date): string | number => {
    const kind = explainParamKind(name);
    if (kind === "duration" && typeof value === "number") {
      const { form, ...parts } = durationParts(value);
      return t(`duration.${form}`, parts);
    }
    if (!(value instanceof Date)) return value;
    const day = { weekday: "short", day: "numeric", month: "short" } as const;
    if (kind === "day") return format.dateTime(value, { ...day, timeZone: "UTC" });
    return format.dateTime(value, { ...day, hour: "2-digit", minute: "2-digit", hourCycle: "h23", ...zone });
  };
  return ({ code, params }) => {
    const values = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, writeValue(name, value)]));
    return t.has(`explain.${code}`) ? t(`explain.${code}`, values) : code;
  };
}
