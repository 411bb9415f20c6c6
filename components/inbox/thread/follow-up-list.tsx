"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "@/components/providers/trpc-provider";
import { useErrorText } from "@/components/providers/use-error-text";
import { Button } from "@/components/ui/button";
import { DateTime } from "@/components/ui/date-time";
import { toast } from "@/components/ui/toast";
import type { FollowUpView } from "@/server/follow-ups/schema";
import { useMayWrite } from "../use-may-write";
import { DetailSection } from "./detail-section";

/** What is planned to be written here, and what became of the newest that was. */
export function FollowUpList({ conversationId }: { readonly conversationId: string }) {
  const t = useTranslations("thread.followUps");
  const trpc = useTRPC();
  const { data } = useQuery(trpc.followUps.ofConversation.queryOptions({ conversationId }));
  const shown = (data?.followUps ?? []).filter(({ status }) => status !== "held_out").slice(0, 5);
  if (shown.length === 0) return null;
  return (
    <DetailSection title={t("title")}>
      <ul className="flex flex-col gap-2">
        {shown.map((entry) => (
          <FollowUpRow key={entry.id} followUp={entry} />
        ))}
      </ul>
    </DetailSection>
  );
}

function FollowUpRow({ followUp }: { readonly followUp: FollowUpView }) {
  const t = useTranslations("thread.followUps");
  const { status, dueAt, ruleName, text } = followUp;
  return (
    <li className="rounded-md border bg-sunken px-2.5 py-2 text-sm">
      <p className="flex items-center justify-between gap-2 text-xs text-ink-faint">
        <span className="min-w-0 truncate">{ruleName ?? t("byHand")}</span>
        <span className="shrink-0">{status === "scheduled" ? <DateTime value={dueAt} /> : t(`status.${status}`)}</span>
      </p>
      <p className="mt-0.5 line-clamp-3 text-pretty">{text}</p>
      {status === "scheduled" ? <CancelFollowUp followUp={followUp} className="mt-1 -ml-2" /> : null}
    </li>
  );
}

export function CancelFollowUp({ followUp, className }: { readonly followUp: FollowUpView; readonly className: string }) {
  const t = useTranslations("thread.followUps");
  const trpc = useTRPC();
  const client = useQueryClient();
  const errorText = useErrorText();
  const mayWrite = useMayWrite();
  const { mutate, isPending } = useMutation(
    trpc.followUps.cancel.mutationOptions({
      onSuccess: () => void client.invalidateQueries(trpc.followUps.ofConversation.queryFilter({ conversationId: followUp.conversationId })),
      onError: (error) => void toast.failed(t("cancelFailed"), { description: errorText(error).text }),
    }),
  );
  if (mayWrite !== true) return null;
  return (
    <Button size="sm" variant="ghost" pending={isPending} className={className} onClick={() => mutate({ followUpId: followUp.id })}>
      {t("cancel")}
    </Button>
  );
}
