"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { CalendarSync } from "lucide-react";
import { useTranslations } from "next-intl";
import { useTRPC } from "@/components/providers/trpc-provider";
import { useErrorText } from "@/components/providers/use-error-text";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/date-time";
import { Progress } from "@/components/ui/progress";
import { toast } from "@/components/ui/toast";
import type { ConnectionView, StreamView } from "@/server/integrations/schema";
import { intervalLabel } from "./interval-fields";
import { RunStatusPill } from "./run-status";

const DAYS = 30;

/** What is pulled, how fresh it is, and what is going on right now. */
export function StreamsCard({ connection }: { readonly connection: ConnectionView }) {
  const t = useTranslations("integrations");
  return (
    <Card title={t("streams.title")} description={t("streams.description")} padding="flush">
      <ul className="divide-y">
        {connection.streams.map((stream) => (
          <StreamRow key={stream.stream} connection={connection} stream={stream} />
        ))}
      </ul>
    </Card>
  );
}

function StreamRow({ connection, stream }: { readonly connection: ConnectionView; readonly stream: StreamView }) {
  const t = useTranslations("integrations");
  const errorText = useErrorText();
  const run = stream.lastRun;
  const moving = run !== null && (run.status === "running" || run.status === "queued");
  return (
    <li className="flex flex-col gap-2 px-4 py-3 sm:px-5">
      <div className="grid grid-cols-[1fr_auto] items-center gap-x-4 gap-y-2 sm:grid-cols-[1fr_11rem_7rem_9rem]">
        <div className="min-w-0">
          <p className="text-base font-medium">{t(`streams.${stream.stream}`)}</p>
          <p className="text-sm text-ink-muted">
            {stream.isEnabled && connection.autoSync ? t("streams.every", { interval: intervalLabel(stream.intervalSeconds, t) }) : t("streams.byHand")}
          </p>
        </div>
        <p className="text-sm text-ink-muted max-sm:order-3">
          {stream.lastSuccessAt === null
            ? t("streams.neverSynced")
            : t.rich("streams.freshAsOf", { time: () => <RelativeTime value={stream.lastSuccessAt ?? new Date()} /> })}
        </p>
        {run === null ? <span /> : <RunStatusPill status={run.status} />}
        <span className="flex justify-end">{stream.stream === "sales" ? <WindowSync connection={connection} disabled={moving} /> : null}</span>
      </div>
      {moving && run.status === "running" ? (
        <Progress label={t("streams.progress", { received: run.received, applied: run.applied })} done={run.stepsDone} total={run.stepsTotal ?? undefined} />
      ) : null}
      {stream.lastErrorCode !== null && stream.failures > 0 ? <p className="text-sm text-failed-text">{errorText(stream.lastErrorCode).text}</p> : null}
    </li>
  );
}

function WindowSync({ connection, disabled }: { readonly connection: ConnectionView; readonly disabled: boolean }) {
  const t = useTranslations("integrations");
  const trpc = useTRPC();
  const client = useQueryClient();
  const errorText = useErrorText();
  const sync = useMutation(
    trpc.integrations.syncNow.mutationOptions({
      onSuccess: () => {
        toast.done(t("syncStarted"));
        void client.invalidateQueries(trpc.integrations.pathFilter());
      },
      onError: (error) => void toast.failed(t("syncNotStarted"), { description: errorText(error).text }),
    }),
  );
  const start = () => {
    const to = new Date();
    sync.mutate({ id: connection.id, streams: ["sales"], window: { from: new Date(to.getTime() - DAYS * 86_400_000), to } });
  };
  return (
    <Button size="sm" icon={<CalendarSync />} pending={sync.isPending} disabled={disabled || !connection.isActive} onClick={start}>
      {t("syncDays", { days: DAYS })}
    </Button>
  );
}
