"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "@/components/providers/trpc-provider";
import { useErrorText } from "@/components/providers/use-error-text";
import { Button } from "@/components/ui/button";
import { DateTime } from "@/components/ui/date-time";
import { toast } from "@/components/ui/toast";
import type { MessageView } from "@/server/inbox/schema";

/** The history could not prove it, so a person decides: both readings, with what the marketplace's history shows. */
export function UnknownOutcome({ message, seen }: { readonly message: MessageView; readonly seen: readonly MessageView[] }) {
  const t = useTranslations("thread.unknown");
  const act = useTranslations("inbox.send");
  const trpc = useTRPC();
  const client = useQueryClient();
  const errorText = useErrorText();
  const { mutate, isPending } = useMutation(
    trpc.inbox.settleByHand.mutationOptions({
      onSuccess: () => void client.invalidateQueries(trpc.inbox.thread.infiniteQueryFilter()),
      onError: (error) => void toast.failed(act("actionFailed"), { description: errorText(error).text }),
    }),
  );
  return (
    <section aria-label={t("title")} className="mt-1.5 w-full max-w-[34rem] rounded-lg border bg-surface p-3 text-sm">
      <h4 className="font-medium">{t("title")}</h4>
      <dl className="mt-1.5 flex flex-col gap-1.5 text-pretty text-ink-muted">
        <div>
          <dt className="inline font-medium text-ink">{t("arrived")} </dt>
          <dd className="inline">{seen.length === 0 ? t("arrivedUnseen") : t("arrivedSeen", { count: seen.length })}</dd>
        </div>
        <div>
          <dt className="inline font-medium text-ink">{t("lost")} </dt>
          <dd className="inline">{t("lostWhy")}</dd>
        </div>
      </dl>
      {seen.length === 0 ? null : (
        <ul className="mt-2 flex flex-col gap-1 border-l-2 pl-2.5">
          {seen.map((entry) => (
            <li key={entry.id} className="truncate">
              <DateTime value={entry.sentAt} parts="time" className="tabular text-ink-faint" /> {entry.text || t("file")}
            </li>
          ))}
        </ul>
      )}
      <p className="mt-2 flex flex-wrap gap-2">
        <Button size="sm" pending={isPending} onClick={() => mutate({ messageId: message.id, outcome: "was_sent" })}>
          {act("wasSent")}
        </Button>
        <Button size="sm" disabled={isPending} onClick={() => mutate({ messageId: message.id, outcome: "send_again" })}>
          {act("sendAgain")}
        </Button>
      </p>
    </section>
  );
}
