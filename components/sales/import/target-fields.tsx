"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "@/components/providers/trpc-provider";
import { ChannelMark } from "@/components/ui/channel-mark";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { ImportDesk, ImportDraft } from "./use-import-draft";

const COLUMNS = "columns";
const ORGANIZATION = "organization";
const OTHER = "other";

interface Props {
  readonly desk: ImportDesk;
  readonly draft: ImportDraft;
}

/** Whose sales these are: a shop's, a marketplace's without a connection, or each line as its own cells say. */
export function TargetFields({ desk, draft }: Props) {
  const t = useTranslations("sales-import.target");
  const trpc = useTRPC();
  const { data: connections = [] } = useQuery(trpc.integrations.list.queryOptions());
  const { data: organizations = [] } = useQuery(trpc.access.organizations.list.queryOptions({}));
  const { target } = draft;
  const missing = desk.preview?.missing ?? [];
  const isPlaceMissing = missing.includes("organization") || missing.includes("marketplace");
  const choose = (value: string) => {
    if (value === COLUMNS) return desk.setTarget({ by: "columns" });
    const connection = connections.find(({ id }) => id === value);
    const organization = organizations.find(({ id }) => id === connection?.organizationId) ?? organizations[0];
    if (connection !== undefined) return desk.setTarget({ by: "connection", connectionId: connection.id }, organization?.currency);
    if (organization !== undefined)
      desk.setTarget({ by: "organization", organizationId: organization.id, marketplace: connections[0]?.connectorId ?? "ozon" }, organization.currency);
  };
  return (
    <div className="grid max-w-4xl gap-4 sm:grid-cols-2 lg:grid-cols-3">
      <Field label={t("label")} help={target.by === COLUMNS ? t("columnsHelp") : undefined} error={isPlaceMissing ? t("missing") : undefined}>
        <Select
          value={target.by === "connection" ? target.connectionId : target.by}
          onValueChange={choose}
          options={[
            { value: COLUMNS, label: t("columns") },
            ...connections.map(({ id, name, connectorId }) => ({
              value: id,
              label: name,
              icon: <ChannelMark system={connectorId} size="sm" label={connectorId} />,
            })),
            { value: ORGANIZATION, label: t("elsewhere") },
          ]}
        />
      </Field>
      {target.by === ORGANIZATION ? <PlaceFields desk={desk} target={target} organizations={organizations} /> : null}
    </div>
  );
}

interface PlaceProps {
  readonly desk: ImportDesk;
  readonly target: Extract<ImportDraft["target"], { by: "organization" }>;
  readonly organizations: readonly { readonly id: string; readonly name: string; readonly currency: string }[];
}

function PlaceFields({ desk, target, organizations }: PlaceProps) {
  const t = useTranslations("sales-import.target");
  const trpc = useTRPC();
  const { data: connectors = [] } = useQuery(trpc.integrations.connectors.queryOptions());
  const sellers = connectors.filter(({ streams }) => streams.some(({ id }) => id === "sales"));
  const isKnown = sellers.some(({ id }) => id === target.marketplace);
  return (
    <>
      <Field label={t("organization")}>
        <Select
          value={target.organizationId}
          onValueChange={(organizationId) => desk.setTarget({ ...target, organizationId }, organizations.find(({ id }) => id === organizationId)?.currency)}
          options={organizations.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Field>
      <Field label={t("marketplace")}>
        <Select
          value={isKnown ? target.marketplace : OTHER}
          onValueChange={(value) => desk.setTarget({ ...target, marketplace: value === OTHER ? t("otherName") : value })}
          options={[
            ...sellers.map(({ id, label }) => ({ value: id, label, icon: <ChannelMark system={id} size="sm" label={label} /> })),
            { value: OTHER, label: t("other") },
          ]}
        />
      </Field>
      {isKnown || connectors.length === 0 ? null : (
        <Field label={t("name")}>
          <Input
            key={target.organizationId}
            defaultValue={target.marketplace}
            maxLength={60}
            onBlur={(event) => {
              const marketplace = event.currentTarget.value.trim();
              if (marketplace !== "" && marketplace !== target.marketplace) desk.setTarget({ ...target, marketplace });
            }}
          />
        </Field>
      )}
    </>
  );
}
