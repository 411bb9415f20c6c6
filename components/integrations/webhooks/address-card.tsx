"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link2, RadioTower, Send } from "lucide-react";
import { useTranslations } from "next-intl";
import { useTRPC } from "@/components/providers/trpc-provider";
import { useErrorText } from "@/components/providers/use-error-text";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { RelativeTime } from "@/components/ui/date-time";
import { Notice } from "@/components/ui/notice";
import { toast } from "@/components/ui/toast";
import type { ConnectionView } from "@/server/integrations/schema";
import { ErrorSentence } from "../errors/error-sentence";
import { WebhookTest } from "./webhook-test";

/** The address the service should call, and whether it was told so. */
export function AddressCard({ connection }: { readonly connection: ConnectionView }) {
  const t = useTranslations("integrations.webhooks");
  const trpc = useTRPC();
  const client = useQueryClient();
  const errorText = useErrorText();
  const create = useMutation(
    trpc.integrations.createWebhookAddress.mutationOptions({
      onSuccess: () => void client.invalidateQueries(trpc.integrations.get.queryFilter({ id: connection.id })),
      onError: (error) => void toast.failed(t("notCreated"), { description: errorText(error).text }),
    }),
  );
  const { data: connectors } = useQuery(trpc.integrations.connectors.queryOptions(undefined, { staleTime: Number.POSITIVE_INFINITY }));
  const canSubscribe = connectors?.find(({ id }) => id === connection.connectorId)?.canSubscribe === true;
  const subscribe = useMutation(
    trpc.integrations.webhooks.subscribe.mutationOptions({
      onSuccess: () => {
        create.reset();
        toast.done(t("subscribed"));
        return client.invalidateQueries(trpc.integrations.get.queryFilter({ id: connection.id }));
      },
      onError: (error) => void toast.failed(t("notSubscribed"), { description: errorText(error).text }),
    }),
  );
  const test = useMutation(
    trpc.integrations.webhooks.test.mutationOptions({
      onSettled: () => client.invalidateQueries(trpc.integrations.deliveries.pathFilter()),
      onError: (error) => void toast.failed(t("test.failed"), { description: errorText(error).text }),
    }),
  );
  return (
    <Card
      title={t("address")}
      description={t("addressHelp")}
      actions={
        <span className="flex flex-wrap justify-end gap-2">
          <Button icon={<Send />} pending={test.isPending} onClick={() => test.mutate({ id: connection.id })}>
            {t("test.button")}
          </Button>
          {canSubscribe ? (
            <Button icon={<RadioTower />} pending={subscribe.isPending} onClick={() => subscribe.mutate({ id: connection.id })}>
              {t("subscribe")}
            </Button>
          ) : null}
          <Button icon={<Link2 />} pending={create.isPending} onClick={() => create.mutate({ id: connection.id })}>
            {connection.hasWebhookAddress ? t("recreate") : t("create")}
          </Button>
        </span>
      }
    >
      {create.data === undefined ? (
        <PushState connection={connection} />
      ) : (
        <Notice tone="ok" live title={t("shownOnce")} action={<CopyButton value={create.data.url} label={t("copy")} />}>
          <code className="font-mono text-sm break-all">{create.data.url}</code>
        </Notice>
      )}
      {test.data === undefined ? null : (
        <div className="mt-3">
          <WebhookTest result={test.data} />
        </div>
      )}
    </Card>
  );
}

function PushState({ connection: { pushes, hasWebhookAddress, connectorLabel } }: { readonly connection: ConnectionView }) {
  const t = useTranslations("integrations.webhooks");
  if (pushes === null) return <p className="text-base text-ink-muted">{hasWebhookAddress ? t("exists") : t("none")}</p>;
  if (pushes.errorCode !== null) {
    return (
      <Notice tone="failed" title={t("pushesGone")}>
        <ErrorSentence code={pushes.errorCode} />
      </Notice>
    );
  }
  const { checkedAt } = pushes;
  return (
    <p className="text-base text-ink-muted">
      {checkedAt === null
        ? t("subscribedTo", { system: connectorLabel })
        : t.rich("subscribedSeen", { system: connectorLabel, time: () => <RelativeTime value={checkedAt} /> })}
    </p>
  );
}
