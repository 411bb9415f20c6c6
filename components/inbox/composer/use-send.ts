"use client";

import { type InfiniteData, useMutation, useQueryClient } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "next-intl";
import { useOfferUndo } from "@/components/layout/undo";
import { useTRPC } from "@/components/providers/trpc-provider";
import { readFailure, useErrorText } from "@/components/providers/use-error-text";
import { toast } from "@/components/ui/toast";
import type { MessageView, ThreadPage } from "@/server/inbox/schema";
import type { ChosenFile } from "./read-file";

export type Outgoing = { readonly text: string; readonly file?: undefined } | { readonly text?: undefined; readonly file: ChosenFile };

export interface SendOptions {
  readonly origin: "person" | "template";
  /** Later, at this moment; absent = at once, with a few seconds to take it back. */
  readonly at?: Date | undefined;
  readonly override?: { readonly reason: string } | undefined;
}

export interface SendingPlace {
  /** Where it goes to. */
  readonly conversationId: string;
  /** The thread that shows it. */
  readonly headId: string;
  /** The message stays with us after all: its words and its file come back. */
  readonly onReturned: (outgoing: Outgoing, why: "taken-back" | "blocked" | "failed") => void;
}

/** As long as the server holds a message back. */
const UNDO_MS = 10_000;
/** The offer ends a little before the message leaves, so that pressing it is never in vain. */
const EARLIER_MS = 400;

/**
 * Hands a message to the outbox. It shows at once as what it is from the moment the server has it; a failed hand-over takes it
 * back. The send id is made here, so a repeated request is the same message.
 */
export function useSend({ conversationId, headId, onReturned }: SendingPlace) {
  const t = useTranslations("inbox.composer");
  const word = useTranslations("thread.composer");
  const trpc = useTRPC();
  const client = useQueryClient();
  const format = useFormatter();
  const errorText = useErrorText();
  const offerUndo = useOfferUndo();
  const filter = trpc.inbox.thread.infiniteQueryFilter({ conversationId: headId });
  const refresh = () => void Promise.all([client.invalidateQueries(filter), client.invalidateQueries(trpc.inbox.list.infiniteQueryFilter())]);
  const cancel = useMutation(
    trpc.inbox.cancelSend.mutationOptions({
      onError: (error) => void toast.failed(word("tooLate"), { description: errorText(error).text }),
      onSettled: refresh,
    }),
  );
  const { mutate } = useMutation(
    trpc.inbox.send.mutationOptions({
      retry: (failures, error) => failures < 2 && readFailure(error).code === "request.unreachable",
      onMutate: async (input) => {
        await client.cancelQueries(filter);
        client.setQueriesData<InfiniteData<ThreadPage>>(filter, (data) => (data === undefined ? data : append(data, heldMessage(input))));
      },
      onError: (error, input) => {
        const { code } = readFailure(error);
        toast.failed(t("notHandedOver"), { description: errorText(error).text });
        onReturned(outgoingOf(input), code === "inbox.guard_blocked" ? "blocked" : "failed");
      },
      onSuccess: ({ messageId, releaseAt }, input) => {
        if (releaseAt === null) return;
        const outgoing = outgoingOf(input);
        const undo = () => cancel.mutate({ messageId }, { onSuccess: () => onReturned(outgoing, "taken-back") });
        const moment = format.dateTime(releaseAt, { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
        if (input.sendAt !== undefined) offerUndo(word("plannedFor", { moment }), { undo });
        else offerUndo(word("sent"), { undo, forMs: Math.max(1_000, Math.min(UNDO_MS, releaseAt.getTime() - Date.now()) - EARLIER_MS) });
      },
      onSettled: refresh,
    }),
  );
  return (outgoing: Outgoing, { origin, at, override }: SendOptions) =>
    mutate({
      conversationId,
      sendId: crypto.randomUUID(),
      origin,
      ...(outgoing.text === undefined ? { file: outgoing.file } : { text: outgoing.text }),
      ...(at === undefined ? { undoable: true } : { sendAt: at }),
      ...(override === undefined ? {} : { override }),
    });
}

interface HandedOver {
  readonly conversationId: string;
  readonly sendId: string;
  readonly text?: string | undefined;
  readonly file?: ChosenFile | undefined;
  readonly sendAt?: Date | undefined;
}

function outgoingOf({ text, file }: HandedOver): Outgoing {
  return file === undefined ? { text: text ?? "" } : { file };
}

function append(data: InfiniteData<ThreadPage>, message: MessageView): InfiniteData<ThreadPage> {
  const [newest, ...older] = data.pages;
  if (newest === undefined) return data;
  return { ...data, pages: [{ ...newest, messages: [...newest.messages, message] }, ...older] };
}

/** What the server will answer with in a moment: a message that is held back. */
function heldMessage({ conversationId, sendId, text, file, sendAt }: HandedOver): MessageView {
  const now = new Date();
  return {
    id: sendId,
    conversationId,
    side: "seller",
    authorKind: "seller",
    authorRef: null,
    authorUserId: null,
    text: text ?? "",
    attachments: [],
    orderNumber: null,
    sku: null,
    isReadByBuyer: false,
    moderation: null,
    sentAt: now,
    send: {
      sendId,
      state: "scheduled",
      attempts: 0,
      nextAt: null,
      releaseAt: sendAt ?? new Date(now.getTime() + UNDO_MS),
      errorCode: null,
      errorText: null,
      file: file === undefined ? null : { name: file.name, size: Math.floor(file.base64.length * 0.75), contentType: file.contentType },
    },
  };
}
