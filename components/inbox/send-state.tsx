"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Check, CheckCheck, CircleAlert, CircleHelp, Clock, LoaderCircle } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useTRPC } from "@/components/providers/trpc-provider";
import { useErrorText } from "@/components/providers/use-error-text";
import { cn } from "@/components/ui/class-names";
import { toast } from "@/components/ui/toast";
import type { MessageView, SendState } from "@/server/inbox/schema";

const icons: Readonly<Record<SendState, ReactNode>> = {
  queued: <Clock />,
  sending: <LoaderCircle className="animate-spin" />,
  accepted: <Check />,
  confirmed: <CheckCheck />,
  rejected: <CircleAlert />,
  unknown: <CircleHelp />,
};

export interface SendStateLineProps {
  readonly messageId: string;
  readonly send: NonNullable<MessageView["send"]>;
  readonly isRead: boolean;
}

/** Where our message stands, in words, and what a person can do about it. Nothing here is guessed: the states are the outbox's own. */
export function SendStateLine({ messageId, send, isRead }: SendStateLineProps) {
  const t = useTranslations("inbox.send");
  const errorText = useErrorText();
  const format = useFormatter();
  const troubled = send.state === "rejected" || send.state === "unknown";
  const why = send.errorCode === null || send.state === "confirmed" || send.state === "accepted" ? null : errorText(send.errorCode).text;
  const again =
    send.state === "queued" && send.nextAt !== null && send.nextAt.getTime() > Date.now()
      ? t("againAt", { time: format.dateTime(send.nextAt, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }) })
      : null;
  return (
    <span className={cn("flex flex-wrap items-center justify-end gap-x-1.5 gap-y-0.5", troubled && "text-failed-text")}>
      <span className="inline-flex items-center gap-1 [&_svg]:size-3.5" title={t(`help.${send.state}`)}>
        {icons[send.state]}
        {send.state === "confirmed" && isRead ? t("read") : t(send.state)}
      </span>
      {why === null ? null : <span>· {why}</span>}
      {again === null ? null : <span>· {again}</span>}
      <Actions messageId={messageId} state={send.state} />
    </span>
  );
}

function Actions({ messageId, state }: { readonly messageId: string; readonly state: SendState }) {
  const t = useTranslations("inbox.send");
  const trpc = useTRPC();
  const client = useQueryClient();
  const errorText = useErrorText();
  const options = {
    onSuccess: () => void client.invalidateQueries(trpc.inbox.thread.infiniteQueryFilter()),
    onError: (error: unknown) => void toast.failed(t("actionFailed"), { description: errorText(error).text }),
  };
  const cancel = useMutation(trpc.inbox.cancelSend.mutationOptions(options));
  const settle = useMutation(trpc.inbox.settleByHand.mutationOptions(options));
  const look = "rounded-sm font-medium text-accent-text underline-offset-2 hover:underline";
  if (state === "queued") {
    return (
      <button type="button" className={look} onClick={() => cancel.mutate({ messageId })}>
        {t("cancel")}
      </button>
    );
  }
  if (state !== "unknown") return null;
  return (
    <>
      <button type="button" className={look} onClick={() => settle.mutate({ messageId, outcome: "was_sent" })}>
        {t("wasSent")}
      </button>
      <button type="button" className={look} onClick={() => settle.mutate({ messageId, outcome: "send_again" })}>
        {t("sendAgain")}
      </button>
    </>
  );
}
