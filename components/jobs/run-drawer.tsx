"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Ban, RotateCcw } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { QueryContent } from "@/components/layout/query-content";
import { useTRPC } from "@/components/providers/trpc-provider";
import { readFailure, useErrorText } from "@/components/providers/use-error-text";
import { Button } from "@/components/ui/button";
import { Drawer } from "@/components/ui/drawer";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import type { RunView } from "@/server/jobs/schema";
import { useJobsState } from "./filters";
import { RunDetail } from "./run-detail";
import { useFunctionName } from "./use-words";

const REFRESH_MS = 1_500;
const NOT_YET = 5;

export interface RunDrawerProps {
  readonly runId: string | null;
  readonly canManage: boolean;
  readonly onClose: () => void;
}

/** One run beside the list; while it is closing it keeps showing what it showed. */
export function RunDrawer({ runId, canManage, onClose }: RunDrawerProps) {
  const t = useTranslations("jobs");
  const nameOf = useFunctionName();
  const [last, setLast] = useState(runId);
  if (runId !== null && runId !== last) setLast(runId);
  const query = useRun(runId ?? last);
  const run = query.data;
  return (
    <Drawer
      open={runId !== null}
      onOpenChange={(open) => (open ? undefined : onClose())}
      width="lg"
      title={run === undefined ? t("title") : nameOf(run.functionId, run.functionName)}
      footer={run !== undefined && canManage ? <RunActions run={run} /> : undefined}
    >
      <QueryContent query={query} skeleton={<DetailSkeleton />} errorTitle={t("detail.notFound")}>
        {(data) => <RunDetail run={data} />}
      </QueryContent>
    </Drawer>
  );
}

/** A run that was just asked for appears once a worker has taken the request; an active one is watched. */
function useRun(runId: string | null) {
  const trpc = useTRPC();
  return useQuery(
    trpc.jobs.get.queryOptions(
      { runId: runId ?? "" },
      {
        enabled: runId !== null,
        staleTime: 0,
        retry: (failures, error) => failures < NOT_YET && readFailure(error).code === "jobs.run_not_found",
        retryDelay: REFRESH_MS / 2,
        refetchInterval: ({ state }) => (state.data?.endedAt === null ? REFRESH_MS : false),
      },
    ),
  );
}

function RunActions({ run }: { readonly run: RunView }) {
  const t = useTranslations("jobs.actions");
  const trpc = useTRPC();
  const client = useQueryClient();
  const errorText = useErrorText();
  const [, setState] = useJobsState();
  const onError = (error: unknown) => void toast.failed(t("failed"), { description: errorText(error).text });
  const refresh = () => client.invalidateQueries(trpc.jobs.pathFilter());
  const cancel = useMutation(
    trpc.jobs.cancel.mutationOptions({
      onSuccess: () => {
        toast.done(t("cancelRequested"), { description: t("cancelHint") });
        return refresh();
      },
      onError,
    }),
  );
  const retry = useMutation(
    trpc.jobs.retry.mutationOptions({
      onSuccess: ({ runId }) => {
        toast.done(t("retried"), { action: { label: t("openNew"), onPress: () => void setState({ run: runId }) } });
        return refresh();
      },
      onError,
    }),
  );
  if (run.canCancel)
    return (
      <Button variant="danger" icon={<Ban />} pending={cancel.isPending || run.cancelRequested} onClick={() => cancel.mutate({ runId: run.id })}>
        {t("cancel")}
      </Button>
    );
  if (!run.canRetry) return null;
  return (
    <Button variant="primary" icon={<RotateCcw />} pending={retry.isPending} onClick={() => retry.mutate({ runId: run.id })}>
      {t("retry")}
    </Button>
  );
}

function DetailSkeleton() {
  return (
    <div className="flex flex-col gap-4">
      <Skeleton className="h-5 w-40" />
      <Skeleton className="h-28" />
      <Skeleton className="h-56" />
    </div>
  );
}
