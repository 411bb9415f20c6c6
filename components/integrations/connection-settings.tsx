"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC } from "@/components/providers/trpc-provider";
import { useErrorText } from "@/components/providers/use-error-text";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import type { ConnectionView } from "@/server/integrations/schema";
import { CredentialFields } from "./credential-fields";
import { IntervalFields, type StreamChoice } from "./interval-fields";

/** Name, keys, intervals, removal. A stored key is never shown: an empty box keeps it. */
export function ConnectionSettings({ connection }: { readonly connection: ConnectionView }) {
  const t = useTranslations("integrations");
  const trpc = useTRPC();
  const client = useQueryClient();
  const errorText = useErrorText();
  const connectors = useQuery(trpc.integrations.connectors.queryOptions());
  const connector = connectors.data?.find((entry) => entry.id === connection.connectorId);
  const [name, setName] = useState(connection.name);
  const [credentials, setCredentials] = useState<Readonly<Record<string, string>>>({});
  const [autoSync, setAutoSync] = useState(connection.autoSync);
  const [streams, setStreams] = useState<readonly StreamChoice[]>(() =>
    connection.streams.map(({ stream, isEnabled, intervalSeconds }) => ({ stream, isEnabled, intervalSeconds })),
  );
  const update = useMutation(
    trpc.integrations.update.mutationOptions({
      onSuccess: () => {
        setCredentials({});
        toast.done(t("saved"));
        void client.invalidateQueries(trpc.integrations.pathFilter());
      },
      onError: (error) => void toast.failed(t("form.notSaved"), { description: errorText(error).text }),
    }),
  );
  if (connector === undefined) return null;
  const changed = Object.fromEntries(Object.entries(credentials).filter(([, value]) => value.trim() !== ""));
  const save = () =>
    update.mutate({
      id: connection.id,
      name,
      autoSync,
      streams: streams.map((stream) => ({ ...stream })),
      ...(Object.keys(changed).length === 0 ? {} : { credentials: changed }),
    });
  return (
    <form
      className="flex max-w-3xl flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Card title={t("form.keys")} description={t("form.keysHelp")}>
        <div className="flex flex-col gap-4">
          <Field label={t("form.name")}>
            <Input value={name} maxLength={120} onChange={(event) => setName(event.currentTarget.value)} />
          </Field>
          <CredentialFields connector={connector} values={credentials} hints={connection.credentialHints} onChange={setCredentials} />
        </div>
      </Card>
      <Card title={t("form.sync")}>
        <div className="flex flex-col gap-4">
          <Checkbox checked={autoSync} onCheckedChange={setAutoSync} label={t("form.autoSync")} hint={t("form.autoSyncHint")} />
          <IntervalFields connector={connector} values={streams} disabled={!autoSync} onChange={setStreams} />
        </div>
      </Card>
      <div className="flex justify-between gap-2">
        <RemoveConnection connection={connection} />
        <Button type="submit" variant="primary" disabled={name.trim() === ""} pending={update.isPending}>
          {t("form.saveChanges")}
        </Button>
      </div>
    </form>
  );
}

function RemoveConnection({ connection }: { readonly connection: ConnectionView }) {
  const t = useTranslations("integrations");
  const trpc = useTRPC();
  const client = useQueryClient();
  const router = useRouter();
  const errorText = useErrorText();
  const [open, setOpen] = useState(false);
  const remove = useMutation(
    trpc.integrations.remove.mutationOptions({
      onSuccess: () => {
        void client.invalidateQueries(trpc.integrations.pathFilter());
        router.push("/integrations");
      },
      onError: (error) => void toast.failed(t("actionFailed"), { description: errorText(error).text }),
    }),
  );
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={setOpen}
      trigger={<Button variant="danger">{t("remove.button")}</Button>}
      title={t("remove.title", { name: connection.name })}
      description={t("remove.description")}
      confirmLabel={t("remove.confirm")}
      pending={remove.isPending}
      onConfirm={() => remove.mutate({ id: connection.id })}
    />
  );
}
