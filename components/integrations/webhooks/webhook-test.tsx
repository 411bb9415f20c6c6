"use client";

import { CircleCheck, CircleDashed, CircleX, Clock } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { WebhookTestResult } from "@/server/integrations/schema";
import { useFigures } from "../console/use-figures";
import { ErrorSentence } from "../errors/error-sentence";

const MARKS: Readonly<Record<WebhookTestResult["stages"][number]["state"], ReactNode>> = {
  ok: <CircleCheck className="text-ok-text" />,
  failed: <CircleX className="text-failed-text" />,
  waiting: <Clock className="text-attention-text" />,
  skipped: <CircleDashed className="text-ink-faint" />,
};

/** How far a sample push came on the way of every push; the first that failed is what to look at. */
export function WebhookTest({ result }: { readonly result: WebhookTestResult }) {
  const t = useTranslations("integrations.webhooks.test");
  const { milliseconds } = useFigures();
  return (
    <ol aria-live="polite" className="flex flex-col gap-2 border-t pt-3">
      {result.stages.map(({ stage, state, code, detail, ms }) => (
        <li key={stage} className="flex items-start gap-2.5">
          <span aria-hidden="true" className="mt-0.5 shrink-0 [&_svg]:size-4">
            {MARKS[state]}
          </span>
          <span className="min-w-0 flex-1">
            <span className="block">
              {t(`stages.${stage}`)} <span className="sr-only">{t(`states.${state}`)}</span>
            </span>
            {code === null ? null : (
              <span className="block text-sm text-failed-text">
                <ErrorSentence code={code} />
              </span>
            )}
            {detail === null ? null : <span className="block font-mono text-xs break-all text-ink-faint">{detail}</span>}
          </span>
          {ms === null ? null : <span className="tabular shrink-0 text-sm text-ink-faint">{milliseconds(ms)}</span>}
        </li>
      ))}
    </ol>
  );
}
