"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Pencil, RotateCcw } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import type { LimitView } from "@/server/deadlines/schema";
import { QueryContent } from "../../layout/query-content";
import { useMay } from "../../layout/use-may";
import { useTRPC } from "../../providers/trpc-provider";
import { useErrorText } from "../../providers/use-error-text";
import { Badge } from "../../ui/badge";
import { Card } from "../../ui/card";
import { ChannelMark } from "../../ui/channel-mark";
import { cn } from "../../ui/class-names";
import { IconButton } from "../../ui/icon-button";
import { SkeletonRows } from "../../ui/skeleton";
import { toast } from "../../ui/toast";
import { systemOf, useChannels } from "../parts/use-channels";
import { useDuration } from "../parts/use-duration";
import { LimitDialog } from "./limit-dialog";

/** What the marketplaces themselves allow: facts with their source, for people to correct. */
export function LimitsCard() {
  const t = useTranslations("automations.deadlines.limits");
  const trpc = useTRPC();
  const limits = useQuery(trpc.deadlines.limits.list.queryOptions());
  const [editing, setEditing] = useState<LimitView | null>(null);
  return (
    <Card title={t("title")} description={t("lead")} padding="flush">
      <QueryContent query={limits} skeleton={<SkeletonRows rows={3} className="h-16" />}>
        {(list) =>
          list.length === 0 ? (
            <p className="px-5 py-4 text-base text-ink-muted">{t("none")}</p>
          ) : (
            <ul>
              {list.map((limit) => (
                <LimitRow key={limit.channel} limit={limit} onEdit={() => setEditing(limit)} />
              ))}
            </ul>
          )
        }
      </QueryContent>
      {editing === null ? null : <LimitDialog limit={editing} onClose={() => setEditing(null)} />}
    </Card>
  );
}

function LimitRow({ limit, onEdit }: { readonly limit: LimitView; readonly onEdit: () => void }) {
  const t = useTranslations("automations.deadlines.limits");
  const format = useFormatter();
  const duration = useDuration();
  const mayManage = useMay("automations.manage");
  const { nameOf } = useChannels();
  const { channel, minutes, anchor, source, checkedOn, isOwn } = limit;
  const checked =
    checkedOn === null
      ? t("unchecked")
      : t("checkedOn", { day: format.dateTime(new Date(`${checkedOn}T00:00:00Z`), { dateStyle: "medium", timeZone: "UTC" }) });
  return (
    <li className="flex min-h-16 items-center gap-3 border-b px-4 py-2.5 last:border-b-0 sm:px-5">
      <ChannelMark system={systemOf(channel)} />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span className="font-medium">{nameOf(channel)}</span>
          <span className={cn("tabular text-base", minutes === null && "text-ink-faint")}>
            {minutes === null ? t("noLimit") : t(`anchors.${anchor}`, { time: duration(minutes) })}
          </span>
          {isOwn ? <Badge tone="accent">{t("own")}</Badge> : null}
        </p>
        <p className="text-sm text-pretty text-ink-muted">{source === "" ? checked : `${source} · ${checked}`}</p>
      </div>
      {mayManage ? (
        <span className="flex shrink-0">
          {isOwn ? <ResetButton channel={channel} name={nameOf(channel)} /> : null}
          <IconButton label={t("edit", { channel: nameOf(channel) })} icon={<Pencil />} onClick={onEdit} />
        </span>
      ) : null}
    </li>
  );
}

function ResetButton({ channel, name }: { readonly channel: string; readonly name: string }) {
  const t = useTranslations("automations.deadlines.limits");
  const errorText = useErrorText();
  const queryClient = useQueryClient();
  const trpc = useTRPC();
  const reset = useMutation(
    trpc.deadlines.limits.reset.mutationOptions({
      onSuccess: () => {
        toast.done(t("wasReset", { channel: name }));
        return queryClient.invalidateQueries(trpc.deadlines.pathFilter());
      },
      onError: (error) => void toast.failed(errorText(error).text),
    }),
  );
  return <IconButton label={t("reset", { channel: name })} icon={<RotateCcw />} pending={reset.isPending} onClick={() => reset.mutate({ channel })} />;
}
