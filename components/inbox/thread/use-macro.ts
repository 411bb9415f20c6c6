"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useOfferUndo } from "@/components/layout/undo";
import { useTRPC } from "@/components/providers/trpc-provider";
import { useErrorText } from "@/components/providers/use-error-text";
import { toast } from "@/components/ui/toast";
import type { ConversationSummary } from "@/server/inbox/schema";

/** The offer ends a little before the reply leaves, so that pressing it is never in vain. */
const EARLIER_MS = 400;

/** Runs a macro in a conversation; a reply of it can be taken back like any other. The send id is made here: a repeated request is the same reply. */
export function useMacro(conversation: ConversationSummary) {
  const t = useTranslations("thread.macros");
  const word = useTranslations("thread.composer");
  const trpc = useTRPC();
  const client = useQueryClient();
  const errorText = useErrorText();
  const offerUndo = useOfferUndo();
  const refresh = () => void client.invalidateQueries(trpc.inbox.pathFilter());
  const cancel = useMutation(
    trpc.inbox.cancelSend.mutationOptions({
      onError: (error) => void toast.failed(word("tooLate"), { description: errorText(error).text }),
      onSettled: refresh,
    }),
  );
  // What follows belongs to the mutation and not to its call: the picker that asked is closed by then.
  const run = useMutation(
    trpc.replies.macros.run.mutationOptions({
      onSuccess: ({ title, messageId, releaseAt }) => {
        if (messageId === null || releaseAt === null) toast.done(t("done", { title }));
        else {
          const forMs = Math.max(1_000, releaseAt.getTime() - Date.now() - EARLIER_MS);
          offerUndo(t("done", { title }), { undo: () => cancel.mutate({ messageId }), forMs });
        }
      },
      onError: (error) => void toast.failed(errorText(error).text),
      onSettled: refresh,
    }),
  );
  return (macroId: string) => run.mutate({ macroId, conversationId: conversation.id, sendId: crypto.randomUUID() });
}
