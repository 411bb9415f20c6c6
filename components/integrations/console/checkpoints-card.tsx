"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { History } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { QueryError } from "@/components/layout/query-error";
import { useTRPC } from "@/components/providers/trpc-provider";
import { useErrorText } from "@/components/providers/use-error-text";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { RelativeTime } from "@/components/ui/date-time";
import { SkeletonRows } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import type { Checkpoint } from "@/server/integrations/console/schema";

/** Where each stream stands in its source, and the way back to its beginning. */
export function CheckpointsCard({ connectionId }: { readonly connectionId: string }) {
  const t = useTranslations("integrations.checkpoints");
  const trpc = useTRPC();
  const query = useQuery(trpc.integrations.console.checkpoints.queryOptions({ connectionId }));
  return (
    <Card title={t("title")} description={t("lead")} padding="flush">
      {query.isError ? <QueryError error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.isPending ? <SkeletonRows rows={3} /> : null}
      <ul className="divide-y">
        {query.data?.map((checkpoint) => (
          <CheckpointRow key={checkpoint.stream} connectionId={connectionId} checkpoint={checkpoint} />
        ))}
      </ul>
    </Card>
  );
}

function CheckpointRow({ connectionId, checkpoint }: { readonly connectionId: string; readonly checkpoint: Checkpoint }) {
  const t = useTranslations("integrations.checkpoints");
  const streams = useTranslations("integrations.streams");
  const trpc = useTRPC();
  const client = useQueryClient();
  const errorText = useErrorText();
  const [asking, setAsking] = useState(false);
  const { stream, checkpointAt } = checkpoint;
  const rewind = useMutation(
    trpc.integrations.console.rewind.mutationOptions({
      onSuccess: () => void toast.done(t("rewound", { stream: streams(stream) })),
      onError: (error) => void toast.failed(errorText(error).text),
      onSettled: () => {
        setAsking(false);
        return client.invalidateQueries(trpc.integrations.pathFilter());
      },
    }),
  );
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4 py-3 sm:px-5">
      <div className="min-w-0 flex-1">
        <p className="font-medium">{streams(stream)}</p>
        {checkpoint.checkpoint === null ? (
          <p className="text-sm text-ink-muted">{t("none")}</p>
        ) : (
          <details className="text-sm text-ink-muted">
            <summary className="cursor-pointer">
              {checkpointAt === null ? t("stands") : t.rich("standsSince", { time: () => <RelativeTime value={checkpointAt} /> })}
            </summary>
            <pre className="mt-2 max-h-48 overflow-auto rounded-md bg-sunken p-2 font-mono text-xs">{checkpoint.checkpoint}</pre>
          </details>
        )}
      </div>
      {checkpoint.checkpoint === null ? null : (
        <Button size="sm" icon={<History />} onClick={() => setAsking(true)}>
          {t("rewind")}
        </Button>
      )}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t("confirmTitle", { stream: streams(stream) })}
        description={t("confirmText")}
        confirmLabel={t("rewind")}
        pending={rewind.isPending}
        onConfirm={() => rewind.mutate({ connectionId, stream })}
      />
    </li>
  );
}
