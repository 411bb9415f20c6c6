"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useDeferredRemoval } from "@/components/layout/use-deferred-removal";
import { useTRPC } from "@/components/providers/trpc-provider";
import { useErrorText } from "@/components/providers/use-error-text";
import { toast } from "@/components/ui/toast";
import type { TransportKind, TransportsView } from "@/server/notifications/schema";
import type { Outcome } from "./use-send-test";

/** What can be done with a transport that is there. */
export function useTransportActions(kind: TransportKind) {
  const t = useTranslations("notices.transports");
  const trpc = useTRPC();
  const client = useQueryClient();
  const errorText = useErrorText();
  const { hidden, remove } = useDeferredRemoval();
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const refresh = () => client.invalidateQueries(trpc.notifications.pathFilter());
  const check = useMutation(
    trpc.notifications.transports.check.mutationOptions({
      onSuccess: (result) => {
        setOutcome(
          result.ok ? { ok: true, sentTo: null } : { ok: false, text: errorText.forCode(result.errorCode ?? "internal"), remoteText: result.errorText },
        );
        return refresh();
      },
      onError: (error) => setOutcome({ ok: false, text: errorText(error).text, remoteText: null }),
    }),
  );
  const setActive = useMutation(
    trpc.notifications.transports.setActive.mutationOptions({ onSuccess: refresh, onError: (error) => void toast.failed(errorText(error).text) }),
  );
  const { mutateAsync: drop } = useMutation(trpc.notifications.transports.remove.mutationOptions({ onSuccess: refresh }));
  return {
    check: () => check.mutate({ kind }),
    isChecking: check.isPending,
    outcome,
    forgetOutcome: () => setOutcome(null),
    setActive: (isActive: boolean) => setActive.mutate({ kind, isActive }),
    isHidden: hidden.has(kind),
    remove: () => remove(kind, t(`removed.${kind}`), () => drop({ kind })),
  };
}

/** After a save the server's answer is the list. */
export function useTransportsSaved(onDone: () => void): (view: TransportsView) => void {
  const common = useTranslations("common");
  const trpc = useTRPC();
  const client = useQueryClient();
  return (view) => {
    client.setQueryData(trpc.notifications.transports.list.queryKey(), view);
    void client.invalidateQueries(trpc.notifications.settings.get.queryFilter());
    toast.done(common("saved"));
    onDone();
  };
}
