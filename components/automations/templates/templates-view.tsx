"use client";

import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { MessageSquareText, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { SearchInput } from "@/components/ui/search-input";
import type { TemplateView } from "@/server/replies/schema";
import { QueryContent } from "../../layout/query-content";
import { useDeferredRemoval } from "../../layout/use-deferred-removal";
import { useMay } from "../../layout/use-may";
import { useTRPC } from "../../providers/trpc-provider";
import { Button } from "../../ui/button";
import { EmptyState } from "../../ui/empty-state";
import { FilterSelect } from "../../ui/filter-select";
import { PageHeader } from "../../ui/page-header";
import { Select } from "../../ui/select";
import { SkeletonRows } from "../../ui/skeleton";
import { DataList } from "../../ui/table";
import { useChannels } from "../parts/use-channels";
import { useSettled } from "../parts/use-settled";
import { isWanted, OWNERSHIPS, useTemplateFilters } from "./filters";
import { TemplateDrawer } from "./template-drawer";
import { type TemplateForm, toForm } from "./template-form";
import { TemplateRow } from "./template-row";

const AT_MOST = 200;

type Editing = { readonly template: TemplateView | null; readonly draft?: TemplateForm };

function useTemplates() {
  const trpc = useTRPC();
  const [{ q, whose, channel }] = useTemplateFilters();
  const query = useSettled(q.trim(), 200).slice(0, 100);
  const found = useQuery(
    trpc.replies.templates.list.queryOptions(
      { query, limit: AT_MOST, ...(channel === null ? {} : { channel }) },
      { placeholderData: keepPreviousData, select: ({ templates }) => templates.filter((template) => isWanted(template, whose)) },
    ),
  );
  return { found, isFiltered: q !== "" || whose !== "all" || channel !== null };
}

function useRemoval() {
  const t = useTranslations("automations.templates");
  const queryClient = useQueryClient();
  const trpc = useTRPC();
  const { hidden, remove } = useDeferredRemoval();
  const { mutateAsync } = useMutation(
    trpc.replies.templates.archive.mutationOptions({ onSuccess: () => queryClient.invalidateQueries(trpc.replies.templates.pathFilter()) }),
  );
  return { hidden, remove: ({ id, title }: TemplateView) => remove(id, t("removed", { title }), () => mutateAsync({ templateId: id })) };
}

export function TemplatesView() {
  const t = useTranslations("automations.templates");
  const mayWrite = useMay("inbox.write");
  const mayShare = useMay("replies.share");
  const { found, isFiltered } = useTemplates();
  const { hidden, remove } = useRemoval();
  const [, setFilters] = useTemplateFilters();
  const [editing, setEditing] = useState<Editing | null>(null);
  const visible = found.data?.filter(({ id }) => !hidden.has(id));
  const add = mayWrite ? (
    <Button variant="primary" icon={<Plus />} onClick={() => setEditing({ template: null })}>
      {t("add")}
    </Button>
  ) : undefined;
  const clear = <Button onClick={() => void setFilters(null)}>{t("clear")}</Button>;
  return (
    <>
      <PageHeader title={t("title")} description={t("lead")} actions={add} />
      <DataList title={t("list")} count={visible?.length} filters={<TemplateFilterBar />} busy={found.isPlaceholderData}>
        <QueryContent query={{ ...found, data: visible }} skeleton={<SkeletonRows rows={5} className="h-14" />}>
          {(templates) =>
            templates.length === 0 ? (
              <EmptyState
                icon={<MessageSquareText />}
                title={isFiltered ? t("emptyFiltered") : t("empty")}
                reason={isFiltered ? t("emptyFilteredReason") : t("emptyReason")}
                action={isFiltered ? clear : add}
              />
            ) : (
              <ul>
                {templates.map((template) => (
                  <TemplateRow
                    key={template.id}
                    template={template}
                    mayWrite={mayWrite}
                    mayChange={template.isShared ? mayShare : mayWrite}
                    onEdit={() => setEditing({ template })}
                    onCopy={() =>
                      setEditing({ template: null, draft: { ...toForm(template, mayShare), shortcut: "", isShared: template.isShared && mayShare } })
                    }
                    onRemove={() => remove(template)}
                  />
                ))}
              </ul>
            )
          }
        </QueryContent>
      </DataList>
      {editing === null ? null : <TemplateDrawer template={editing.template} draft={editing.draft} onClose={() => setEditing(null)} />}
    </>
  );
}

function TemplateFilterBar() {
  const t = useTranslations("automations.templates");
  const { options } = useChannels();
  const [{ q, whose, channel }, setFilters] = useTemplateFilters();
  return (
    <>
      <span className="w-full sm:w-64">
        <SearchInput label={t("search")} value={q} onValueChange={(next) => void setFilters({ q: next })} />
      </span>
      <Select
        size="sm"
        className="w-40 max-sm:flex-1"
        label={t("whose")}
        value={whose}
        onValueChange={(value) => void setFilters({ whose: value })}
        options={OWNERSHIPS.map((value) => ({ value, label: t(`ownership.${value}`) }))}
      />
      <FilterSelect
        className="w-52 max-sm:flex-1"
        label={t("channels")}
        all={t("anyChannel")}
        value={channel}
        onValueChange={(value) => void setFilters({ channel: value })}
        options={options}
      />
    </>
  );
}
