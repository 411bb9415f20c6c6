"use client";

import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Ellipsis, Lock, Pencil, Plus, Trash2, Zap } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { SearchInput } from "@/components/ui/search-input";
import type { MacroView } from "@/server/replies/schema";
import { QueryContent } from "../../layout/query-content";
import { useDeferredRemoval } from "../../layout/use-deferred-removal";
import { useMay } from "../../layout/use-may";
import { useTRPC } from "../../providers/trpc-provider";
import { Badge } from "../../ui/badge";
import { Button } from "../../ui/button";
import { EmptyState } from "../../ui/empty-state";
import { IconButton } from "../../ui/icon-button";
import { Menu, MenuItem } from "../../ui/menu";
import { PageHeader } from "../../ui/page-header";
import { SkeletonRows } from "../../ui/skeleton";
import { DataList } from "../../ui/table";
import { ChannelMarks } from "../parts/channel-marks";
import { useChoices } from "../parts/use-choices";
import { useSettled } from "../parts/use-settled";
import { MacroDrawer } from "./macro-drawer";
import { ACTION_ICONS, useActionWords } from "./use-action-words";
import { usePeople } from "./use-people";

function useRemoval() {
  const t = useTranslations("automations.macros");
  const queryClient = useQueryClient();
  const trpc = useTRPC();
  const { hidden, remove } = useDeferredRemoval();
  const { mutateAsync } = useMutation(
    trpc.replies.macros.archive.mutationOptions({ onSuccess: () => queryClient.invalidateQueries(trpc.replies.macros.pathFilter()) }),
  );
  return { hidden, remove: ({ id, title }: MacroView) => remove(id, t("removed", { title }), () => mutateAsync({ macroId: id })) };
}

export function MacrosView() {
  const t = useTranslations("automations.macros");
  const trpc = useTRPC();
  const mayWrite = useMay("inbox.write");
  const mayShare = useMay("replies.share");
  const [search, setSearch] = useState("");
  const query = useSettled(search.trim(), 200).slice(0, 100);
  const found = useQuery(trpc.replies.macros.list.queryOptions({ query }, { placeholderData: keepPreviousData, select: ({ macros }) => macros }));
  const { hidden, remove } = useRemoval();
  const [editing, setEditing] = useState<{ readonly macro: MacroView | null } | null>(null);
  const visible = found.data?.filter(({ id }) => !hidden.has(id));
  const add = mayWrite ? (
    <Button variant="primary" icon={<Plus />} onClick={() => setEditing({ macro: null })}>
      {t("add")}
    </Button>
  ) : undefined;
  const filters = (
    <span className="w-full sm:w-64">
      <SearchInput label={t("search")} value={search} onValueChange={setSearch} />
    </span>
  );
  return (
    <>
      <PageHeader title={t("title")} description={t("lead")} actions={add} />
      <DataList title={t("list")} count={visible?.length} filters={filters} busy={found.isPlaceholderData}>
        <QueryContent query={{ ...found, data: visible }} skeleton={<SkeletonRows rows={4} className="h-16" />}>
          {(macros) =>
            macros.length === 0 ? (
              <EmptyState
                icon={<Zap />}
                title={query === "" ? t("empty") : t("emptyFiltered")}
                reason={query === "" ? t("emptyReason") : t("emptyFilteredReason")}
                action={query === "" ? add : <Button onClick={() => setSearch("")}>{t("clear")}</Button>}
              />
            ) : (
              <ul>
                {macros.map((macro) => (
                  <MacroRow
                    key={macro.id}
                    macro={macro}
                    mayChange={macro.isShared ? mayShare : mayWrite}
                    onEdit={() => setEditing({ macro })}
                    onRemove={() => remove(macro)}
                  />
                ))}
              </ul>
            )
          }
        </QueryContent>
      </DataList>
      {editing === null ? null : <MacroDrawer macro={editing.macro} onClose={() => setEditing(null)} />}
    </>
  );
}

interface MacroRowProps {
  readonly macro: MacroView;
  readonly mayChange: boolean;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
}

/** Name, the steps in words, where it is offered and how often it was used. */
function MacroRow({ macro, mayChange, onEdit, onRemove }: MacroRowProps) {
  const t = useTranslations("automations.macros");
  const templates = useTranslations("automations.templates");
  const common = useTranslations("common");
  const format = useFormatter();
  const say = useActionWords(useChoices(), usePeople());
  const { title, actions, channels, isShared, useCount } = macro;
  return (
    <li className="relative flex min-h-16 items-center gap-3 border-b px-4 py-2.5 last:border-b-0 hover:bg-hover">
      <div className="min-w-0 flex-1">
        <p className="flex min-w-0 items-center gap-2">
          {mayChange ? (
            <button type="button" onClick={onEdit} className="focus-inset truncate rounded-sm text-left font-medium after:absolute after:inset-0">
              {title}
            </button>
          ) : (
            <span className="truncate font-medium">{title}</span>
          )}
          {isShared ? null : <Badge icon={<Lock />}>{templates("private")}</Badge>}
        </p>
        <ol className="mt-0.5 flex flex-wrap gap-x-3 gap-y-0.5 text-sm text-ink-muted">
          {actions.map((action, index) => (
            <li key={index} className="flex min-w-0 items-center gap-1">
              <span className="text-ink-faint [&_svg]:size-3.5" aria-hidden="true">
                {ACTION_ICONS[action.kind]}
              </span>
              <span className="truncate">{say(action)}</span>
            </li>
          ))}
        </ol>
      </div>
      <ChannelMarks channels={channels} className="max-sm:hidden" />
      <p className="tabular w-24 shrink-0 text-right text-sm text-ink-muted max-md:hidden">
        {useCount === 0 ? templates("unused") : templates("uses", { count: useCount, shown: format.number(useCount) })}
      </p>
      {mayChange ? (
        <Menu align="end" trigger={<IconButton className="relative" label={`${common("more")}: ${title}`} icon={<Ellipsis />} />}>
          <MenuItem icon={<Pencil />} onSelect={onEdit}>
            {t("edit")}
          </MenuItem>
          <MenuItem icon={<Trash2 />} tone="danger" onSelect={onRemove}>
            {t("remove")}
          </MenuItem>
        </Menu>
      ) : null}
    </li>
  );
}
