"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Pause, Play, PlugZap, RefreshCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { useTRPC } from "@/components/providers/trpc-provider";
import { useErrorText } from "@/components/providers/use-error-text";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import type { ConnectionView } from "@/server/integrations/schema";
import { useHealthText } from "./health";

/** Test, pause, synchronise now: each says at once what came of it. */
export function ConnectionActions({ connection }: { readonly connection: ConnectionView }) {
  const t = useTranslations("integrations");
  const trpc = useTRPC();
  const client = useQueryClient();
  const errorText = useErrorText();
  const healthText = useHealthText();
  const refresh = () => void client.invalidateQueries(trpc.integrations.pathFilter());
  const failed = (title: string) => (error: unknown) => void toast.failed(title, { description: errorText(error).text });

  const test = useMutation(
    trpc.integrations.test.mutationOptions({
      onSuccess: (result) => {
        if (result.ok || result.missingPermissions.length > 0) toast.done(t("test.ok"), { description: healthText(result.health) ?? undefined });
        else toast.failed(t("test.failed"), { description: healthText(result.health) ?? undefined });
        refresh();
      },
      onError: failed(t("test.failed")),
    }),
  );
  const setActive = useMutation(trpc.integrations.setActive.mutationOptions({ onSuccess: refresh, onError: failed(t("actionFailed")) }));
  const sync = useMutation(
    trpc.integrations.syncNow.mutationOptions({
      onSuccess: () => {
        toast.done(t("syncStarted"));
        refresh();
      },
      onError: failed(t("syncNotStarted")),
    }),
  );
  const streams = connection.streams.filter((stream) => stream.isEnabled).map((stream) => stream.stream);
  return (
    <>
      <Button icon={<PlugZap />} pending={test.isPending} onClick={() => test.mutate({ id: connection.id })}>
        {t("test.button")}
      </Button>
      <Button
        icon={connection.isActive ? <Pause /> : <Play />}
        pending={setActive.isPending}
        onClick={() => setActive.mutate({ id: connection.id, isActive: !connection.isActive })}
      >
        {connection.isActive ? t("pause") : t("resume")}
      </Button>
      <Button
        variant="primary"
        icon={<RefreshCw />}
        pending={sync.isPending}
        disabled={!connection.isActive || streams.length === 0}
        onClick={() => sync.mutate({ id: connection.id, streams })}
      >
        {t("syncNow")}
      </Button>
    </>
  );
}
