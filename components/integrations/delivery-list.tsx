"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { RotateCcw, Webhook } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { QueryError } from "@/components/layout/query-error";
import { useTRPC } from "@/components/providers/trpc-provider";
import { useErrorText } from "@/components/providers/use-error-text";
import { Badge, type Tone } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { RelativeTime } from "@/components/ui/date-time";
import { EmptyState } from "@/components/ui/empty-state";
import { IconButton } from "@/components/ui/icon-button";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Cell, DataList, HeadCell, Table, TableHead, TableRow } from "@/components/ui/table";
import { toast } from "@/components/ui/toast";
import type { ConnectionView, DeliveryView } from "@/server/integrations/schema";
import { ErrorSentence } from "./errors/error-sentence";
import { AddressCard } from "./webhooks/address-card";
import { DeliveryDrawer } from "./webhooks/delivery-drawer";

const tones: Readonly<Record<DeliveryView["status"], Tone>> = { stored: "neutral", processed: "ok", ignored: "neutral", failed: "attention", dead: "failed" };

/** Received pushes: what came, what became of it, and the address the service should call. */
export function DeliveryList({ connection }: { readonly connection: ConnectionView }) {
  const t = useTranslations("integrations.webhooks");
  const trpc = useTRPC();
  const query = useQuery(trpc.integrations.deliveries.list.queryOptions({ connectionId: connection.id, limit: 100 }, { refetchInterval: 5_000 }));
  const { data: schedule } = useQuery(trpc.integrations.deliveries.schedule.queryOptions(undefined, { staleTime: Number.POSITIVE_INFINITY }));
  const hasDead = query.data?.deliveries.some(({ status }) => status === "dead") === true;
  return (
    <div className="flex flex-col gap-5">
      <AddressCard connection={connection} />
      <DataList
        title={t("title")}
        busy={query.isPending}
        actions={hasDead ? <ReplayDead connectionId={connection.id} /> : undefined}
        footer={schedule === undefined ? undefined : <Schedule seconds={schedule.seconds} />}
      >
        {query.isError ? <QueryError error={query.error} onRetry={() => void query.refetch()} /> : null}
        {query.isPending ? <SkeletonRows rows={4} /> : null}
        {query.data?.deliveries.length === 0 ? <EmptyState icon={<Webhook />} title={t("emptyTitle")} reason={t("emptyReason")} /> : null}
        {query.data === undefined || query.data.deliveries.length === 0 ? null : <DeliveryTable deliveries={query.data.deliveries} />}
      </DataList>
    </div>
  );
}

function ReplayDead({ connectionId }: { readonly connectionId: string }) {
  const t = useTranslations("integrations.webhooks");
  const trpc = useTRPC();
  const client = useQueryClient();
  const errorText = useErrorText();
  const replay = useMutation(
    trpc.integrations.deliveries.replayMany.mutationOptions({
      onSuccess: ({ replayed }) => {
        toast.done(t("replayed", { count: replayed }));
        return client.invalidateQueries(trpc.integrations.deliveries.pathFilter());
      },
      onError: (error) => void toast.failed(t("notReplayed"), { description: errorText(error).text }),
    }),
  );
  return (
    <Button size="sm" icon={<RotateCcw />} pending={replay.isPending} onClick={() => replay.mutate({ connectionId })}>
      {t("replayDead")}
    </Button>
  );
}

/** The pauses between tries, as people say them. */
function Schedule({ seconds }: { readonly seconds: readonly number[] }) {
  const t = useTranslations("integrations.webhooks");
  const format = useFormatter();
  const words = [...new Set(seconds)].map((pause) => {
    const [value, unit] = pause >= 3_600 ? [pause / 3_600, "hour"] : pause >= 60 ? [pause / 60, "minute"] : [pause, "second"];
    return format.number(value, { style: "unit", unit, unitDisplay: "narrow" });
  });
  return <p>{t("schedule", { pauses: format.list(words) })}</p>;
}

function DeliveryTable({ deliveries }: { readonly deliveries: readonly DeliveryView[] }) {
  const t = useTranslations("integrations.webhooks");
  const trpc = useTRPC();
  const client = useQueryClient();
  const errorText = useErrorText();
  const replay = useMutation(
    trpc.integrations.deliveries.replay.mutationOptions({
      onSuccess: () => void client.invalidateQueries(trpc.integrations.deliveries.pathFilter()),
      onError: (error) => void toast.failed(t("notReplayed"), { description: errorText(error).text }),
    }),
  );
  const [open, setOpen] = useState<DeliveryView | null>(null);
  return (
    <>
      <Table label={t("title")}>
        <TableHead>
          <HeadCell>{t("received")}</HeadCell>
          <HeadCell>{t("type")}</HeadCell>
          <HeadCell>{t("status")}</HeadCell>
          <HeadCell align="end">{t("attempts")}</HeadCell>
          <HeadCell align="end">{t("repeats")}</HeadCell>
          <HeadCell align="end">
            <span className="sr-only">{t("actions")}</span>
          </HeadCell>
        </TableHead>
        <tbody>
          {deliveries.map((delivery) => (
            <TableRow key={delivery.id}>
              <Cell>
                <RelativeTime value={delivery.receivedAt} className="whitespace-nowrap" />
              </Cell>
              <Cell>
                <button
                  type="button"
                  aria-label={t("open", { type: delivery.eventType })}
                  onClick={() => setOpen(delivery)}
                  className="rounded-sm text-left font-mono text-sm text-accent-text underline-offset-2 hover:underline"
                >
                  {delivery.eventType}
                </button>
              </Cell>
              <Cell>
                <Badge tone={tones[delivery.status]}>{t(`states.${delivery.status}`)}</Badge>
                {delivery.errorCode === null ? null : (
                  <p className="max-w-96 text-sm text-failed-text">
                    <ErrorSentence code={delivery.errorCode} />
                  </p>
                )}
              </Cell>
              <Cell numeric>{delivery.attempts}</Cell>
              <Cell numeric>{delivery.repeats}</Cell>
              <Cell align="end">
                <IconButton
                  size="sm"
                  label={t("replay")}
                  icon={<RotateCcw />}
                  pending={replay.isPending && replay.variables.id === delivery.id}
                  onClick={() => replay.mutate({ id: delivery.id })}
                />
              </Cell>
            </TableRow>
          ))}
        </tbody>
      </Table>
      {open === null ? null : <DeliveryDrawer deliveryId={open.id} title={open.eventType} onClose={() => setOpen(null)} />}
    </>
  );
}
