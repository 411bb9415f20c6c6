"use client";

import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Ban, ScrollText } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { FollowUpStatus, FollowUpView } from "@/server/follow-ups/schema";
import { QueryContent } from "../../layout/query-content";
import { useMay } from "../../layout/use-may";
import { useTRPC } from "../../providers/trpc-provider";
import { useErrorText } from "../../providers/use-error-text";
import { StatusPill, type Tone } from "../../ui/badge";
import { Button } from "../../ui/button";
import { ChannelMark } from "../../ui/channel-mark";
import { RelativeTime } from "../../ui/date-time";
import { EmptyState } from "../../ui/empty-state";
import { IconButton } from "../../ui/icon-button";
import { Select } from "../../ui/select";
import { SkeletonRows } from "../../ui/skeleton";
import { DataList } from "../../ui/table";
import { toast } from "../../ui/toast";
import { systemOf, useChannels } from "../parts/use-channels";
import { STATUSES, useFollowUpState } from "./state";
import { useRuleWords } from "./use-rule-words";

const TONES: Readonly<Record<FollowUpStatus, Tone>> = { scheduled: "accent", sent: "ok", cancelled: "neutral", skipped: "attention", held_out: "neutral" };

/** Everything that was planned and what became of it, newest first. */
export function LogTab() {
  const t = useTranslations("automations.followUps");
  const trpc = useTRPC();
  const [{ status, rule }, setState] = useFollowUpState();
  const isFiltered = status !== null || rule !== null;
  const log = useInfiniteQuery(
    trpc.followUps.log.infiniteQueryOptions(
      { limit: 50, ...(status === null ? {} : { statuses: [status] }), ...(rule === null ? {} : { ruleId: rule }) },
      { getNextPageParam: (page) => page.nextCursor ?? undefined },
    ),
  );
  const rows = log.data?.pages.flatMap((page) => page.followUps);
  const more = (
    <Button size="sm" className="mx-auto" pending={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
      {t("log.more")}
    </Button>
  );
  return (
    <DataList title={t("log.title")} filters={<LogFilters />} footer={log.hasNextPage ? more : undefined}>
      <QueryContent query={{ ...log, data: rows }} skeleton={<SkeletonRows rows={6} className="h-16" />}>
        {(list) =>
          list.length === 0 ? (
            <EmptyState
              icon={<ScrollText />}
              title={isFiltered ? t("log.emptyFiltered") : t("log.empty")}
              reason={isFiltered ? t("log.emptyFilteredReason") : t("log.emptyReason")}
              action={isFiltered ? <Button onClick={() => void setState({ status: null, rule: null })}>{t("log.clear")}</Button> : undefined}
            />
          ) : (
            <ul>
              {list.map((followUp) => (
                <LogRow key={followUp.id} followUp={followUp} />
              ))}
            </ul>
          )
        }
      </QueryContent>
    </DataList>
  );
}

const ANY = "any";

function LogFilters() {
  const t = useTranslations("automations.followUps");
  const trpc = useTRPC();
  const [{ status, rule }, setState] = useFollowUpState();
  const rules = useQuery(trpc.followUps.rules.queryOptions(undefined, { select: (data) => data.rules }));
  return (
    <>
      <Select
        size="sm"
        className="w-48 max-sm:flex-1"
        label={t("log.status")}
        value={status ?? ANY}
        onValueChange={(value) => void setState({ status: STATUSES.find((one) => one === value) ?? null })}
        options={[{ value: ANY, label: t("log.anyStatus") }, ...STATUSES.map((value) => ({ value, label: t(`statuses.${value}`) }))]}
      />
      <Select
        size="sm"
        className="w-60 max-sm:flex-1"
        label={t("log.rule")}
        value={rule ?? ANY}
        onValueChange={(value) => void setState({ rule: value === ANY ? null : value })}
        options={[{ value: ANY, label: t("log.anyRule") }, ...(rules.data ?? []).map(({ id, name }) => ({ value: id, label: name }))]}
      />
    </>
  );
}

function LogRow({ followUp }: { readonly followUp: FollowUpView }) {
  const t = useTranslations("automations.followUps");
  const { nameOf } = useChannels();
  const { reason } = useRuleWords();
  const { conversationId, buyerName, channel, ruleName, ruleId, text, dueAt, settledAt, status, reasonCode, answeredAt } = followUp;
  return (
    <li className="relative flex min-h-16 items-center gap-3 border-b px-4 py-2 last:border-b-0 hover:bg-hover max-sm:flex-wrap">
      <ChannelMark system={systemOf(channel)} label={nameOf(channel)} />
      <div className="min-w-0 flex-1 basis-56">
        <p className="flex min-w-0 items-baseline gap-2">
          <Link href={`/inbox/${conversationId}`} className="focus-inset min-w-0 truncate rounded-sm font-medium after:absolute after:inset-0">
            {buyerName ?? t("dryRun.someBuyer")}
          </Link>
          <span className="truncate text-sm text-ink-muted">{ruleId === null ? t("log.byPerson") : (ruleName ?? t("gone"))}</span>
        </p>
        <p className="truncate text-sm text-ink-muted">{reasonCode === null ? text.replaceAll("\n", " ") : reason(reasonCode)}</p>
      </div>
      <div className="flex w-44 shrink-0 flex-col items-end gap-0.5 max-sm:w-auto max-sm:flex-1 max-sm:flex-row max-sm:items-center max-sm:justify-between">
        <StatusPill tone={answeredAt === null ? TONES[status] : "ok"}>{answeredAt === null ? t(`statuses.${status}`) : t("log.answered")}</StatusPill>
        <span className="tabular relative text-xs text-ink-muted">
          <RelativeTime value={status === "scheduled" ? dueAt : (settledAt ?? dueAt)} />
        </span>
      </div>
      {status === "scheduled" ? <CancelButton followUp={followUp} /> : <span className="w-8 max-sm:hidden" />}
    </li>
  );
}

function CancelButton({ followUp: { id, buyerName } }: { readonly followUp: FollowUpView }) {
  const t = useTranslations("automations.followUps");
  const errorText = useErrorText();
  const mayWrite = useMay("inbox.write");
  const queryClient = useQueryClient();
  const trpc = useTRPC();
  const cancel = useMutation(
    trpc.followUps.cancel.mutationOptions({
      onSuccess: () => {
        toast.done(t("log.cancelled"));
        return queryClient.invalidateQueries(trpc.followUps.pathFilter());
      },
      onError: (error) => void toast.failed(errorText(error).text),
    }),
  );
  if (!mayWrite) return <span className="w-8 max-sm:hidden" />;
  return (
    <IconButton
      className="relative"
      label={t("log.cancel", { buyer: buyerName ?? t("dryRun.someBuyer") })}
      icon={<Ban />}
      pending={cancel.isPending}
      onClick={() => cancel.mutate({ followUpId: id })}
    />
  );
}
