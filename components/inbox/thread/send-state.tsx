"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { CalendarClock, Check, CheckCheck, CircleAlert, CircleHelp, Clock, LoaderCircle } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useTRPC } from "@/components/providers/trpc-provider";
import { useErrorText } from "@/components/providers/use-error-text";
import { cn } from "@/components/ui/class-names";
import { toast } from "@/components/ui/toast";
import type { MessageView, SendState } from "@/server/inbox/schema";

const icons: Readonly<Record<SendState, ReactNode>> = {
  scheduled: <CalendarClock />,
  queued: <Clock />,
  sending: <LoaderCircle className="animate-spin" />,
  accepted: <Check />,
  confirmed: <CheckCheck />,
  rejected: <CircleAlert />,
  unknown: <CircleHelp />,
};

const actionStyle = "rounded-sm font-medium text-accent-text underline-offset-2 hover:underline";

export interface SendStateLineProps {
  readonly message: MessageView;
  readonly send: NonNullable<MessageView["send"]>;
  readonly onEditAgain: (text: string) => void;
}

/** Where our message stands, in words, and what a person can do about it. Nothing here is guessed: the states are the outbox's own. */
export function SendStateLine({ message, send, onEditAgain }: SendStateLineProps) {
  const t = useTranslations("inbox.send");
  const word = useTranslations("thread.send");
  const errorText = useErrorText();
  const format = useFormatter();
  const troubled = send.state === "rejected" || send.state === "unknown";
  // What asks a person is told in full below the message.
  const isToldBelow = send.state === "unknown" && send.nextAt === null;
  const isSettled = send.state === "confirmed" || send.state === "accepted";
  const why = send.errorCode === null || isSettled || isToldBelow ? null : errorText(send.errorCode).text;
  const again =
    send.state === "queued" && send.nextAt !== null && send.nextAt.getTime() > Date.now()
      ? t("againAt", { time: format.dateTime(send.nextAt, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }) })
      : null;
  const label = send.state === "scheduled" ? word("scheduled") : send.state === "confirmed" && message.isReadByBuyer ? t("read") : t(send.state);
  return (
    <span className={cn("flex flex-wrap items-center justify-end gap-x-1.5 gap-y-0.5", troubled && "text-failed-text")}>
      <span className="inline-flex items-center gap-1 [&_svg]:size-3.5" title={send.state === "scheduled" ? undefined : t(`help.${send.state}`)}>
        {icons[send.state]}
        {label}
      </span>
      {why === null ? null : <span>· {why}</span>}
      {again === null ? null : <span>· {again}</span>}
      {send.state === "unknown" && send.nextAt !== null ? <span>· {word("looking")}</span> : null}
      {send.state === "queued" ? <CancelSend messageId={message.id} onCancelled={onEditAgain} /> : null}
      {send.state === "rejected" && message.text !== "" ? (
        <button type="button" className={actionStyle} onClick={() => onEditAgain(message.text)}>
          {word("editAgain")}
        </button>
      ) : null}
    </span>
  );
}

/** The message comes back into the composer: what was taken back is seldom meant to be lost. */
export function useCancelSend(onCancelled: (text: string) => void) {
  const t = useTranslations("inbox.send");
  const trpc = useTRPC();
  const client = useQueryClient();
  const errorText = useErrorText();
  return useMutation(
    trpc.inbox.cancelSend.mutationOptions({
      onSuccess: ({ text }) => onCancelled(text),
      onError: (error) => void toast.failed(t("actionFailed"), { description: errorText(error).text }),
      onSettled: () => void client.invalidateQueries(trpc.inbox.thread.infiniteQueryFilter()),
    }),
  );
}

function CancelSend({ messageId, onCancelled }: { readonly messageId: string; readonly onCancelled: (text: string) => void }) {
  const t = useTranslations("inbox.send");
  const { mutate, isPending } = useCancelSend(onCancelled);
  return (
    <button type="button" disabled={isPending} className={actionStyle} onClick={() => mutate({ messageId })}>
      {t("cancel")}
    </button>
  );
}
