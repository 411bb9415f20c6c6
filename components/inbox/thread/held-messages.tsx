"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { CalendarClock, Undo2 } from "lucide-react";
import { useFormatter, useNow, useTranslations } from "next-intl";
import { useTRPC } from "@/components/providers/trpc-provider";
import { useErrorText } from "@/components/providers/use-error-text";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import type { MessageView } from "@/server/inbox/schema";
import { Attachments } from "./message-bubble";
import { useCancelSend } from "./send-state";

/** What is held back for no longer than this is a message that can still be taken back, not one for later. */
const UNDO_MS = 15_000;

/** Our messages that wait for their moment, soonest first: they stand after everything that has happened. */
export function HeldMessages({ messages, onBack }: { readonly messages: readonly MessageView[]; readonly onBack: (text: string) => void }) {
  const moment = (message: MessageView) => message.send?.releaseAt?.getTime() ?? 0;
  return messages
    .toSorted((left, right) => moment(left) - moment(right))
    .map((message) => {
      const releaseAt = message.send?.releaseAt ?? message.sentAt;
      const soon = releaseAt.getTime() - message.sentAt.getTime() <= UNDO_MS;
      return (
        <li key={message.id} className="flex flex-col items-end pt-3">
          <div className="max-w-[85%] rounded-xl border border-dashed border-line-strong bg-surface px-3.5 py-2 text-base break-words whitespace-pre-wrap md:max-w-[34rem]">
            {message.text}
            <Attachments message={message} />
          </div>
          {soon ? <Leaving message={message} releaseAt={releaseAt} onBack={onBack} /> : <Planned message={message} releaseAt={releaseAt} onBack={onBack} />}
        </li>
      );
    });
}

interface HeldProps {
  readonly message: MessageView;
  readonly releaseAt: Date;
  readonly onBack: (text: string) => void;
}

const lineStyle = "mt-1 flex flex-wrap items-center justify-end gap-x-1.5 px-1 text-xs text-ink-faint [&_svg]:size-3.5";

function Leaving({ message, releaseAt, onBack }: HeldProps) {
  const t = useTranslations("thread.held");
  const common = useTranslations("common");
  const now = useNow({ updateInterval: 1_000 });
  const { mutate, isPending } = useCancelSend(onBack);
  const seconds = Math.max(0, Math.ceil((releaseAt.getTime() - now.getTime()) / 1_000));
  return (
    <p aria-live="off" className={lineStyle}>
      <span className="tabular">{seconds === 0 ? t("leaving") : t("leavesIn", { seconds })}</span>
      {seconds === 0 ? null : (
        <Button
          size="sm"
          variant="ghost"
          pending={isPending}
          icon={<Undo2 />}
          onClick={() => mutate({ messageId: message.id })}
          className="h-6 px-1.5 text-accent-text"
        >
          {common("undo")}
        </Button>
      )}
    </p>
  );
}

function Planned({ message, releaseAt, onBack }: HeldProps) {
  const t = useTranslations("thread.held");
  const format = useFormatter();
  const { mutate, isPending } = useCancelSend(onBack);
  const sendNow = useSendNow(message, onBack);
  const moment = format.dateTime(releaseAt, { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return (
    <p aria-live="off" className={lineStyle}>
      <CalendarClock aria-hidden="true" />
      <span className="tabular">{t("planned", { moment })}</span>
      {message.text === "" || (message.send?.file ?? null) !== null ? null : (
        <Button size="sm" variant="ghost" pending={sendNow.isPending} onClick={sendNow.run} className="h-6 px-1.5 text-accent-text">
          {t("sendNow")}
        </Button>
      )}
      <Button size="sm" variant="ghost" pending={isPending} onClick={() => mutate({ messageId: message.id })} className="h-6 px-1.5 text-accent-text">
        {t("cancel")}
      </Button>
    </p>
  );
}

/** Takes the planned message back, then hands its words over anew: never both, and never neither without the words in the composer. */
function useSendNow(message: MessageView, onBack: (text: string) => void) {
  const t = useTranslations("inbox.send");
  const trpc = useTRPC();
  const client = useQueryClient();
  const errorText = useErrorText();
  const cancel = useMutation(trpc.inbox.cancelSend.mutationOptions());
  const send = useMutation(trpc.inbox.send.mutationOptions({ retry: 2 }));
  const run = async () => {
    let words: string | null = null;
    try {
      words = (await cancel.mutateAsync({ messageId: message.id })).text;
      await send.mutateAsync({ conversationId: message.conversationId, sendId: crypto.randomUUID(), text: words });
    } catch (error) {
      if (words !== null) onBack(words);
      toast.failed(t("actionFailed"), { description: errorText(error).text });
    } finally {
      void client.invalidateQueries(trpc.inbox.thread.infiniteQueryFilter());
    }
  };
  return { run: () => void run(), isPending: cancel.isPending || send.isPending };
}
