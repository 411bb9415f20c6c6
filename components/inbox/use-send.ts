"use client";

import { type InfiniteData, useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "@/components/providers/trpc-provider";
import { useErrorText } from "@/components/providers/use-error-text";
import { toast } from "@/components/ui/toast";
import type { MessageView, ThreadPage } from "@/server/inbox/schema";
import type { ChosenFile } from "./read-file";

export type Outgoing = { readonly text: string; readonly file?: undefined } | { readonly text?: undefined; readonly file: ChosenFile };

/**
 * Hands a message to the outbox. It shows at once as "queued", which is what it is from the moment the server has it; a failed
 * hand-over takes it back and returns the text to the composer. The send id is made here, so a repeated request is the same message.
 */
export function useSend(conversationId: string, onLost: (text: string) => void) {
  const t = useTranslations("inbox.composer");
  const trpc = useTRPC();
  const client = useQueryClient();
  const errorText = useErrorText();
  const filter = trpc.inbox.thread.infiniteQueryFilter({ conversationId });

  const { mutate } = useMutation(
    trpc.inbox.send.mutationOptions({
      retry: 2,
      onMutate: async (input) => {
        await client.cancelQueries(filter);
        client.setQueriesData<InfiniteData<ThreadPage>>(filter, (data) => (data === undefined ? data : append(data, draftMessage(input.sendId, input))));
      },
      onError: (error, input) => {
        toast.failed(t("notHandedOver"), { description: errorText(error).text });
        if (input.text !== undefined) onLost(input.text);
      },
      onSettled: () => void Promise.all([client.invalidateQueries(filter), client.invalidateQueries(trpc.inbox.list.infiniteQueryFilter())]),
    }),
  );
  return (outgoing: Outgoing) =>
    mutate({ conversationId, sendId: crypto.randomUUID(), ...(outgoing.text === undefined ? { file: outgoing.file } : { text: outgoing.text }) });
}

function append(data: InfiniteData<ThreadPage>, message: MessageView): InfiniteData<ThreadPage> {
  const [newest, ...older] = data.pages;
  if (newest === undefined) return data;
  return { ...data, pages: [{ ...newest, messages: [...newest.messages, message] }, ...older] };
}

function draftMessage(sendId: string, input: { readonly text?: string | undefined; readonly file?: ChosenFile | undefined }): MessageView {
  const file =
    input.file === undefined ? null : { name: input.file.name, size: Math.floor(input.file.base64.length * 0.75), contentType: input.file.contentType };
  return {
    id: sendId,
    side: "seller",
    authorKind: "seller",
    authorRef: null,
    authorUserId: null,
    text: input.text ?? "",
    attachments: [],
    orderNumber: null,
    sku: null,
    isReadByBuyer: false,
    sentAt: new Date(),
    send: { sendId, state: "queued", attempts: 0, nextAt: null, errorCode: null, errorText: null, file },
  };
}
