"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/components/providers/trpc-provider";
import { useErrorText } from "@/components/providers/use-error-text";
import type { SendTestResult } from "@/server/notifications/schema";

export type Outcome = { readonly ok: true; readonly sentTo: string | null } | { readonly ok: false; readonly text: string; readonly remoteText: string | null };

/** Sends a sample and keeps what came of it in words. */
export function useSendTest(channel: "browser" | "telegram" | "email") {
  const trpc = useTRPC();
  const client = useQueryClient();
  const errorText = useErrorText();
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const toOutcome = ({ ok, sentTo, errorCode, errorText: remoteText }: SendTestResult): Outcome =>
    ok ? { ok, sentTo } : { ok: false, text: errorText.forCode(errorCode ?? "internal"), remoteText };
  const { mutate, isPending } = useMutation(
    trpc.notifications.sendTest.mutationOptions({
      onSuccess: (result) => {
        setOutcome(toOutcome(result));
        void client.invalidateQueries(trpc.notifications.settings.get.queryFilter());
        return client.invalidateQueries(trpc.notifications.deliveries.infiniteQueryFilter());
      },
      onError: (error) => setOutcome({ ok: false, text: errorText(error).text, remoteText: null }),
    }),
  );
  return { send: () => mutate({ channel }), isPending, outcome };
}
