"use client";

import { ArrowLeft, PanelRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { ChannelMark } from "@/components/ui/channel-mark";
import { CopyButton } from "@/components/ui/copy-button";
import { IconButton } from "@/components/ui/icon-button";
import { LabelChip } from "@/components/ui/label-chip";
import { Skeleton } from "@/components/ui/skeleton";
import type { ConversationSummary } from "@/server/inbox/schema";
import type { PresenceEntry } from "@/server/inbox/team/schema";
import { buyerLabel } from "../buyer-label";
import { useMayWrite } from "../use-may-write";
import { DeadlineChip } from "./deadline-chip";
import { MoreMenu } from "./more-menu";
import { PresenceFaces } from "./presence";
import { StatusControl } from "./status-control";
import { ThreadTools } from "./thread-tools";

export interface ThreadHeaderProps {
  readonly conversation: ConversationSummary | undefined;
  readonly partCount: number;
  readonly others: readonly PresenceEntry[];
  readonly detailsOpen: boolean;
  readonly onToggleDetails: () => void;
  readonly onBack: () => void;
  readonly onNext: (() => void) | undefined;
}

/** Two lines: who and about what, with the one main deed; below, the facts the team works with. */
export function ThreadHeader({ conversation, partCount, others, detailsOpen, onToggleDetails, onBack, onNext }: ThreadHeaderProps) {
  const t = useTranslations("inbox");
  const word = useTranslations("thread");
  return (
    <header className="@container border-b bg-surface">
      <div className="flex min-h-14 items-center gap-3 px-4 pt-1.5 pb-0.5">
        <IconButton label={t("back")} icon={<ArrowLeft />} onClick={onBack} className="-ml-2 md:hidden" />
        {conversation === undefined ? <TitleSkeleton /> : <Title conversation={conversation} />}
        {conversation === undefined ? null : (
          <span className="flex shrink-0 items-center gap-1.5">
            <StatusControl conversation={conversation} onNext={onNext} />
            <MoreMenu conversation={conversation} partCount={partCount} />
            <IconButton
              label={detailsOpen ? word("details.hide") : word("details.show")}
              icon={<PanelRight />}
              size="sm"
              aria-pressed={detailsOpen}
              data-shortcut="details"
              onClick={onToggleDetails}
              className="aria-pressed:bg-selected aria-pressed:text-ink"
            />
          </span>
        )}
      </div>
      <div className="flex min-h-10 items-center gap-1 px-2.5 pb-1.5">
        {conversation === undefined ? <Skeleton className="ml-1.5 h-4 w-56" /> : <Facts conversation={conversation} others={others} />}
      </div>
    </header>
  );
}

function TitleSkeleton() {
  return (
    <span className="flex min-w-0 flex-1 items-center gap-3">
      <Skeleton className="size-5" />
      <span className="flex flex-col gap-2">
        <Skeleton className="h-4 w-40" />
        <Skeleton className="h-3 w-64" />
      </span>
    </span>
  );
}

function Title({ conversation }: { readonly conversation: ConversationSummary }) {
  const t = useTranslations("inbox");
  const { channel, orderNumber, productName, sku, buyerName } = conversation;
  const buyer = buyerLabel(conversation, t);
  return (
    <>
      <ChannelMark system={channel.split(".")[0] ?? ""} label={channel} />
      <div className="min-w-0 flex-1">
        <h2 className="truncate text-base font-semibold">{buyer}</h2>
        <p className="flex h-5 items-center gap-1.5 text-sm text-ink-muted empty:hidden">
          {productName === null || productName === buyer ? null : <span className="min-w-0 truncate">{productName}</span>}
          {sku === null ? null : <span className="tabular shrink-0 text-ink-faint @max-2xl:hidden">SKU {sku}</span>}
          {orderNumber === null ? null : (
            <span className="-my-1 flex min-w-0 shrink-0 items-center">
              {buyerName === null || buyerName === "" ? null : <span className="tabular max-w-36 truncate text-ink-faint @max-xl:hidden">{orderNumber}</span>}
              <CopyButton value={orderNumber} label={t("copyOrder")} />
            </span>
          )}
        </p>
      </div>
    </>
  );
}

function Facts({ conversation, others }: { readonly conversation: ConversationSummary; readonly others: readonly PresenceEntry[] }) {
  const mayWrite = useMayWrite();
  const { id, deadline, status } = conversation;
  return (
    <>
      {mayWrite === true ? <ThreadTools conversation={conversation} /> : <ReadOnlyFacts conversation={conversation} />}
      <span className="flex-1" />
      <PresenceFaces others={others} />
      {deadline === null || status === "closed" ? null : <DeadlineChip conversationId={id} deadline={deadline} />}
    </>
  );
}

function ReadOnlyFacts({ conversation }: { readonly conversation: ConversationSummary }) {
  const t = useTranslations("thread.assign");
  const owner = conversation.assignee?.name ?? conversation.team?.name ?? t("unassigned");
  return (
    <span className="flex min-w-0 items-center gap-2 px-1.5 text-sm text-ink-muted">
      <span className="truncate">{owner}</span>
      {conversation.labels.map((label) => (
        <LabelChip key={label.id} name={label.name} color={label.color} />
      ))}
    </span>
  );
}
