"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { QueryError } from "@/components/layout/query-error";
import { useTRPC } from "@/components/providers/trpc-provider";
import { Badge, type Tone } from "@/components/ui/badge";
import { DateTime } from "@/components/ui/date-time";
import { Drawer } from "@/components/ui/drawer";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { DeliveryDetail } from "@/server/integrations/schema";
import { ErrorSentence } from "../errors/error-sentence";

const TONES: Readonly<Record<NonNullable<DeliveryDetail["attemptLog"][number]["outcome"]>, Tone>> = {
  processed: "ok",
  ignored: "neutral",
  failed: "attention",
  dead: "failed",
  lost: "failed",
};

/** One push: every try to work it off, and what it said, redacted. */
export function DeliveryDrawer({ deliveryId, title, onClose }: { readonly deliveryId: string; readonly title: string; readonly onClose: () => void }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.integrations.deliveries.get.queryOptions({ id: deliveryId }, { refetchInterval: 5_000 }));
  return (
    <Drawer open onOpenChange={(open) => (open ? undefined : onClose())} width="lg" title={title}>
      {query.isError ? <QueryError error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.isPending ? <SkeletonRows rows={4} /> : null}
      {query.data === undefined ? null : <Detail delivery={query.data} />}
    </Drawer>
  );
}

function Detail({ delivery }: { readonly delivery: DeliveryDetail }) {
  const t = useTranslations("integrations.webhooks");
  const { attemptLog, headers, subPath, body } = delivery;
  return (
    <div className="flex flex-col gap-5">
      <section>
        <h3 className="mb-2 text-sm font-semibold">{t("attempts")}</h3>
        {attemptLog.length === 0 ? <p className="text-sm text-ink-muted">{t("noAttempt")}</p> : null}
        <ol className="flex flex-col divide-y rounded-md border empty:hidden">
          {attemptLog.map(({ number, startedAt, outcome, errorCode, errorText: words }) => (
            <li key={number} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2">
              <span className="tabular w-6 text-sm text-ink-faint">{number}</span>
              <span className="tabular text-sm text-ink-muted">
                <DateTime value={startedAt} />
              </span>
              <Badge tone={outcome === null ? "neutral" : TONES[outcome]}>{t(`outcomes.${outcome ?? "running"}`)}</Badge>
              {errorCode === null ? null : (
                <span className="w-full pl-9 text-sm text-failed-text">
                  <ErrorSentence code={errorCode} />
                </span>
              )}
              {words === null ? null : <span className="w-full pl-9 font-mono text-xs break-all text-ink-faint">{words}</span>}
            </li>
          ))}
        </ol>
      </section>
      <section>
        <h3 className="mb-1 text-sm font-semibold">{t("body")}</h3>
        {subPath === "" ? null : <p className="mb-1 font-mono text-xs text-ink-muted">{subPath}</p>}
        <pre className="max-h-96 overflow-auto rounded-md border bg-sunken p-3 font-mono text-xs break-all whitespace-pre-wrap">{body}</pre>
      </section>
      <section>
        <h3 className="mb-1 text-sm font-semibold">{t("headers")}</h3>
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-0.5 font-mono text-xs">
          {Object.entries(headers).map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-ink-faint">{name}</dt>
              <dd className="break-all">{value}</dd>
            </div>
          ))}
        </dl>
      </section>
    </div>
  );
}
