"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Ellipsis, Pencil, Plus, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { MoveButtons, moved, useChannels } from "@/components/automations";
import { QueryContent } from "../../layout/query-content";
import { useOfferUndo } from "../../layout/undo";
import { useMay } from "../../layout/use-may";
import { useTRPC } from "../../providers/trpc-provider";
import { useErrorText } from "../../providers/use-error-text";
import { Button } from "../../ui/button";
import { IconButton } from "../../ui/icon-button";
import { Menu, MenuItem } from "../../ui/menu";
import { SkeletonRows } from "../../ui/skeleton";
import { DataList } from "../../ui/table";
import { toast } from "../../ui/toast";
import { RuleDialog, type RuleFields } from "./rule-dialog";
import type { AssignmentRule, Team } from "./types";

const fieldsOf = ({ teamId, channels, connectionIds }: RuleFields): RuleFields => ({ teamId, channels, connectionIds });

/** The whole list is saved at every change; what it was before can be brought back. */
function useSaveRules() {
  const errorText = useErrorText();
  const offerUndo = useOfferUndo();
  const queryClient = useQueryClient();
  const trpc = useTRPC();
  const save = useMutation(
    trpc.inbox.rules.save.mutationOptions({
      onSettled: () => queryClient.invalidateQueries(trpc.inbox.rules.pathFilter()),
      onError: (error) => void toast.failed(errorText(error).text),
    }),
  );
  const put = (rules: readonly RuleFields[], before: readonly RuleFields[], said: string) =>
    save.mutate({ rules: rules.map(fieldsOf) }, { onSuccess: () => offerUndo(said, { undo: () => save.mutate({ rules: before.map(fieldsOf) }) }) });
  return { put, isPending: save.isPending };
}

export function RulesCard({ teams }: { readonly teams: readonly Team[] }) {
  const t = useTranslations("settings.teams.rules");
  const trpc = useTRPC();
  const mayManage = useMay("inbox.manage");
  const rules = useQuery(trpc.inbox.rules.list.queryOptions());
  const shops = useQuery(trpc.integrations.list.queryOptions());
  const { put, isPending } = useSaveRules();
  const [editing, setEditing] = useState<number | "new" | null>(null);
  const list = rules.data ?? [];
  const store = (fields: RuleFields) => {
    put(editing === "new" ? [...list, fields] : list.map((rule, index) => (index === editing ? fields : rule)), list, t("saved"));
    setEditing(null);
  };
  const add = (
    <Button size="sm" icon={<Plus />} disabled={teams.length === 0 || rules.data === undefined} onClick={() => setEditing("new")}>
      {t("add")}
    </Button>
  );
  return (
    <DataList title={t("title")} count={rules.data?.length} actions={mayManage ? add : undefined} busy={isPending} footer={t("hint")}>
      <QueryContent query={rules} skeleton={<SkeletonRows rows={2} />}>
        {(shown) =>
          shown.length === 0 ? (
            <p className="px-4 py-6 text-center text-base text-pretty text-ink-muted">{teams.length === 0 ? t("emptyNoTeams") : t("empty")}</p>
          ) : (
            <ol>
              {shown.map((rule, index) => (
                <RuleRow
                  key={rule.id}
                  rule={rule}
                  index={index}
                  count={shown.length}
                  teamName={teams.find(({ id }) => id === rule.teamId)?.name ?? t("gone")}
                  shopNames={rule.connectionIds.map((id) => shops.data?.find((shop) => shop.id === id)?.name ?? t("gone"))}
                  onEdit={() => setEditing(index)}
                  onMove={(by) => put(moved(shown, index, by), shown, t("reordered"))}
                  onRemove={() =>
                    put(
                      shown.filter((_, at) => at !== index),
                      shown,
                      t("removed"),
                    )
                  }
                />
              ))}
            </ol>
          )
        }
      </QueryContent>
      {editing === null ? null : (
        <RuleDialog
          rule={editing === "new" ? null : (list[editing] ?? null)}
          teams={teams}
          shops={shops.data ?? []}
          onSave={store}
          onClose={() => setEditing(null)}
        />
      )}
    </DataList>
  );
}

interface RuleRowProps {
  readonly rule: AssignmentRule;
  readonly index: number;
  readonly count: number;
  readonly teamName: string;
  readonly shopNames: readonly string[];
  readonly onEdit: () => void;
  readonly onMove: (by: -1 | 1) => void;
  readonly onRemove: () => void;
}

function RuleRow({ rule: { channels, connectionIds }, index, count, teamName, shopNames, onEdit, onMove, onRemove }: RuleRowProps) {
  const t = useTranslations("settings.teams.rules");
  const common = useTranslations("common");
  const mayManage = useMay("inbox.manage");
  const { nameOf } = useChannels();
  const from = [
    channels.length === 0 ? t("anyChannel") : channels.map(nameOf).join(", "),
    ...(connectionIds.length === 0 ? [] : [t("ofShops", { shops: shopNames.join(", ") })]),
  ].join(" · ");
  const name = t("ruleName", { position: index + 1 });
  return (
    <li className="flex min-h-12 items-center gap-3 border-b px-4 py-2 last:border-b-0">
      <span className="tabular w-4 shrink-0 text-right text-sm text-ink-faint">{index + 1}</span>
      <p className="min-w-0 flex-1 text-base text-pretty">
        {t.rich("sentence", { from, team: teamName, strong: (chunks) => <span className="font-medium">{chunks}</span> })}
      </p>
      {mayManage ? (
        <>
          {count < 2 ? null : <MoveButtons name={name} index={index} count={count} onMove={onMove} />}
          <Menu align="end" trigger={<IconButton label={`${common("more")}: ${name}`} icon={<Ellipsis />} />}>
            <MenuItem icon={<Pencil />} onSelect={onEdit}>
              {t("edit")}
            </MenuItem>
            <MenuItem icon={<Trash2 />} tone="danger" onSelect={onRemove}>
              {t("remove")}
            </MenuItem>
          </Menu>
        </>
      ) : null}
    </li>
  );
}
