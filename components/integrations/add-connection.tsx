"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Page } from "@/components/layout/page";
import { QueryError } from "@/components/layout/query-error";
import { useTRPC } from "@/components/providers/trpc-provider";
import { useErrorText } from "@/components/providers/use-error-text";
import { Button, ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ChannelMark } from "@/components/ui/channel-mark";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toast";
import type { ConnectorView } from "@/server/integrations/schema";
import { CredentialFields } from "./credential-fields";
import { IntervalFields, type StreamChoice, streamDefaults } from "./interval-fields";
import { TestOutcome } from "./test-outcome";

/** Choose the system and the organization, enter the keys, test, save. Everything about a system comes from its connector. */
export function AddConnection() {
  const t = useTranslations("integrations");
  const trpc = useTRPC();
  const connectors = useQuery(trpc.integrations.connectors.queryOptions());
  if (connectors.isError) return <QueryError error={connectors.error} onRetry={() => void connectors.refetch()} />;
  return (
    <Page width="narrow">
      <PageHeader title={t("form.title")} description={t("form.description")} />
      {connectors.data === undefined ? null : <ConnectionForm connectors={connectors.data} />}
    </Page>
  );
}

interface Draft {
  readonly connectorId: string;
  readonly organizationId: string | null;
  readonly name: string;
  readonly credentials: Readonly<Record<string, string>>;
  readonly isActive: boolean;
  readonly autoSync: boolean;
  readonly streams: readonly StreamChoice[];
}

function newDraft(connector: ConnectorView | undefined): Draft {
  return {
    connectorId: connector?.id ?? "",
    organizationId: null,
    name: connector?.label ?? "",
    credentials: {},
    isActive: true,
    autoSync: true,
    streams: connector === undefined ? [] : streamDefaults(connector),
  };
}

function ConnectionForm({ connectors }: { readonly connectors: readonly ConnectorView[] }) {
  const t = useTranslations("integrations");
  const trpc = useTRPC();
  const router = useRouter();
  const client = useQueryClient();
  const errorText = useErrorText();
  const [draft, setDraft] = useState(() => newDraft(connectors[0]));
  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }));
  const connector = connectors.find((entry) => entry.id === draft.connectorId);
  const { data: organizations } = useQuery(trpc.access.organizations.list.queryOptions({}));
  const active = organizations?.filter((entry) => entry.archivedAt === null) ?? [];
  const organizationId = draft.organizationId ?? active[0]?.id ?? null;

  const test = useMutation(trpc.integrations.testDraft.mutationOptions());
  const create = useMutation(
    trpc.integrations.create.mutationOptions({
      onSuccess: async (created) => {
        await client.invalidateQueries(trpc.integrations.pathFilter());
        toast.done(t("form.created", { name: created.name }), { description: t("form.createdHint") });
        router.push(`/integrations/${created.id}`);
      },
    }),
  );
  if (connector === undefined) return null;
  const credentials = { ...draft.credentials };
  const complete =
    organizationId !== null &&
    draft.name.trim() !== "" &&
    connector.fields.every((field) => field.optional || (draft.credentials[field.name] ?? "").trim() !== "");
  const save = () => {
    if (organizationId === null) return;
    create.mutate({
      connectorId: connector.id,
      organizationId,
      name: draft.name,
      credentials,
      isActive: draft.isActive,
      autoSync: draft.autoSync,
      streams: draft.streams.map((stream) => ({ ...stream })),
    });
  };
  return (
    <form
      className="flex flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Card title={t("form.what")}>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t("form.system")}>
            <Select
              value={connector.id}
              onValueChange={(id) => setDraft(newDraft(connectors.find((entry) => entry.id === id)))}
              options={connectors.map((entry) => ({ value: entry.id, label: entry.label, icon: <ChannelMark system={entry.id} /> }))}
            />
          </Field>
          <Field label={t("form.organization")} help={t("form.organizationHelp")}>
            <Select
              value={organizationId}
              onValueChange={(id) => set({ organizationId: id })}
              options={active.map((entry) => ({ value: entry.id, label: entry.name }))}
            />
          </Field>
          <Field label={t("form.name")} help={t("form.nameHelp")} className="sm:col-span-2">
            <Input value={draft.name} maxLength={120} onChange={(event) => set({ name: event.currentTarget.value })} />
          </Field>
        </div>
      </Card>
      <Card title={t("form.keys")} description={t("form.keysHelp")}>
        <div className="flex flex-col gap-4">
          <CredentialFields connector={connector} values={draft.credentials} onChange={(next) => set({ credentials: next })} />
          <div className="flex flex-wrap items-center gap-3">
            <Button pending={test.isPending} onClick={() => test.mutate({ connectorId: connector.id, credentials })}>
              {t("test.button")}
            </Button>
            <span className="text-sm text-ink-muted">{t("test.hint")}</span>
          </div>
          {test.data === undefined ? null : <TestOutcome result={test.data} />}
          {test.isError ? (
            <Notice tone="failed" live title={t("test.failed")}>
              {errorText(test.error).text}
            </Notice>
          ) : null}
        </div>
      </Card>
      <Card title={t("form.sync")}>
        <div className="flex flex-col gap-4">
          <Checkbox checked={draft.isActive} onCheckedChange={(isActive) => set({ isActive })} label={t("form.active")} hint={t("form.activeHint")} />
          <Checkbox checked={draft.autoSync} onCheckedChange={(autoSync) => set({ autoSync })} label={t("form.autoSync")} hint={t("form.autoSyncHint")} />
          <IntervalFields connector={connector} values={draft.streams} disabled={!draft.autoSync} onChange={(streams) => set({ streams })} />
        </div>
      </Card>
      {create.isError ? (
        <Notice tone="failed" live title={t("form.notSaved")}>
          {errorText(create.error).text}
        </Notice>
      ) : null}
      <div className="flex justify-end gap-2">
        <ButtonLink href="/integrations">{t("form.cancel")}</ButtonLink>
        <Button type="submit" variant="primary" disabled={!complete} pending={create.isPending}>
          {t("form.save")}
        </Button>
      </div>
    </form>
  );
}
