"use client";

import { ChevronRight, FileJson2 } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ApiReference } from "@/server/api/schema";
import { Badge } from "../../ui/badge";
import { Card } from "../../ui/card";
import { Cell, HeadCell, Table, TableHead, TableRow } from "../../ui/table";

type Entry = ApiReference[number];

/** Made of the same definitions as the server and its OpenAPI document; those are written in English. */
export function Reference({ reference, baseUrl }: { readonly reference: ApiReference; readonly baseUrl: string }) {
  const t = useTranslations("api");
  const download = (
    <a href="/api/openapi.json" className="inline-flex items-center gap-1.5 rounded-sm text-sm text-accent-text hover:underline">
      <FileJson2 className="size-4" aria-hidden="true" />
      {t("openapi")}
    </a>
  );
  return (
    <Card title={t("reference")} description={t("referenceLead", { url: baseUrl })} actions={download} padding="flush">
      <ul lang="en">
        {reference.map((entry) => (
          <li key={entry.id} className="border-b last:border-b-0">
            <details className="group">
              <summary className="focus-inset flex min-h-12 cursor-pointer list-none flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2 hover:bg-hover [&::-webkit-details-marker]:hidden">
                <ChevronRight className="size-4 text-ink-faint transition-transform group-open:rotate-90" aria-hidden="true" />
                <Badge tone={entry.method === "GET" ? "neutral" : "accent"}>{entry.method}</Badge>
                <code className="min-w-0 font-mono text-sm break-all">{entry.path}</code>
                <span className="text-sm text-ink-muted">{entry.summary}</span>
              </summary>
              <Detail entry={entry} />
            </details>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Detail({ entry }: { readonly entry: Entry }) {
  const t = useTranslations("api");
  return (
    <div className="flex flex-col gap-3 border-t bg-sunken px-4 py-3">
      <p className="flex flex-wrap items-center gap-2 text-sm text-ink-muted">
        {t("scope")} <code className="font-mono">{entry.scope}</code>
      </p>
      {entry.description === null ? null : <p className="max-w-prose text-sm">{entry.description}</p>}
      {entry.fields.length === 0 ? null : <Fields entry={entry} />}
      <ul className="flex flex-wrap gap-x-4 gap-y-1 text-sm text-ink-muted">
        {entry.answers.map(({ status, description }) => (
          <li key={status}>
            <span className="tabular font-medium text-ok-text">{status}</span> {description}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Fields({ entry }: { readonly entry: Entry }) {
  const t = useTranslations("api");
  return (
    <div className="overflow-hidden rounded-md border bg-surface">
      <Table label={t("fieldsOf", { path: `${entry.method} ${entry.path}` })}>
        <TableHead>
          <HeadCell>{t("field")}</HeadCell>
          <HeadCell>{t("place")}</HeadCell>
          <HeadCell>{t("type")}</HeadCell>
          <HeadCell>{t("meaning")}</HeadCell>
        </TableHead>
        <tbody>
          {entry.fields.map(({ name, place, isRequired, type, description }) => (
            <TableRow key={`${place} ${name}`}>
              <Cell className="whitespace-nowrap">
                <code className="font-mono text-sm">{name}</code>
                {isRequired ? <span className="ml-2 text-xs text-attention-text">{t("required")}</span> : null}
              </Cell>
              <Cell className="text-sm text-ink-muted">{t(`places.${place}`)}</Cell>
              <Cell className="font-mono text-sm text-ink-muted">{type}</Cell>
              <Cell className="text-sm">{description}</Cell>
            </TableRow>
          ))}
        </tbody>
      </Table>
    </div>
  );
}
