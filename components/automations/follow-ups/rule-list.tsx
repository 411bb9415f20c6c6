"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Ellipsis, FlaskConical, MessageSquareReply, Pencil, ScrollText, Trash2, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { FollowUpRuleView } from "@/server/follow-ups/schema";
import { QueryContent } from "../../layout/query-content";
import { useDeferredRemoval } from "../../layout/use-deferred-removal";
import { useMay } from "../../layout/use-may";
import { useTRPC } from "../../providers/trpc-provider";
import { useErrorText } from "../../providers/use-error-text";
import { Badge } from "../../ui/badge";
import { EmptyState } from "../../ui/empty-state";
import { IconButton } from "../../ui/icon-button";
import { Menu, MenuItem } from "../../ui/menu";
import { SkeletonRows } from "../../ui/skeleton";
import { Switch } from "../../ui/switch";
import { DataList } from "../../ui/table";
import { toast } from "../../ui/toast";
import { useChoices } from "../parts/use-choices";
import { toRuleForm } from "./rule-form";
import { useFollowUpState } from "./state";
import { useRuleWords } from "./use-rule-words";

export interface RuleListProps {
  readonly add: ReactNode;
  readonly onEdit: (rule: FollowUpRuleView) => void;
  readonly onTry: (rule: FollowUpRuleView) => void;
}

function useRuleChanges() {
  const t = useTranslations("automations.followUps");
  const errorText = useErrorText();
  const queryClient = useQueryClient();
  const trpc = useTRPC();
  const { hidden, remove } = useDeferredRemoval();
  const refresh = () => queryClient.invalidateQueries(trpc.followUps.pathFilter());
  const save = useMutation(trpc.followUps.saveRule.mutationOptions({ onSuccess: refresh, onError: (error) => void toast.failed(errorText(error).text) }));
  const { mutateAsync: drop } = useMutation(trpc.followUps.removeRule.mutationOptions({ onSuccess: refresh }));
  return {
    hidden,
    /** The rule whose switch is on its way, as it will be. */
    switching: save.isPending ? save.variables : undefined,
    setActive: (rule: FollowUpRuleView, isActive: boolean) => save.mutate({ ...toRuleForm(rule), isActive, ruleId: rule.id }),
    remove: ({ id, name }: FollowUpRuleView) => remove(id, t("removed", { name }), () => drop({ ruleId: id })),
  };
}

export function RuleList({ add, onEdit, onTry }: RuleListProps) {
  const t = useTranslations("automations.followUps");
  const trpc = useTRPC();
  const rules = useQuery(trpc.followUps.rules.queryOptions(undefined, { select: (data) => data.rules }));
  const { hidden, switching, setActive, remove } = useRuleChanges();
  const visible = rules.data?.filter(({ id }) => !hidden.has(id));
  return (
    <DataList title={t("list")} count={visible?.length}>
      <QueryContent query={{ ...rules, data: visible }} skeleton={<SkeletonRows rows={3} className="h-18" />}>
        {(list) =>
          list.length === 0 ? (
            <EmptyState icon={<MessageSquareReply />} title={t("empty")} reason={t("emptyReason")} action={add} />
          ) : (
            <ul>
              {list.map((rule) => (
                <RuleRow
                  key={rule.id}
                  rule={rule}
                  isActive={switching?.ruleId === rule.id ? switching.isActive : rule.isActive}
                  onActive={(isActive) => setActive(rule, isActive)}
                  onEdit={() => onEdit(rule)}
                  onTry={() => onTry(rule)}
                  onRemove={() => remove(rule)}
                />
              ))}
            </ul>
          )
        }
      </QueryContent>
    </DataList>
  );
}

interface RuleRowProps {
  readonly rule: FollowUpRuleView;
  readonly isActive: boolean;
  readonly onActive: (isActive: boolean) => void;
  readonly onEdit: () => void;
  readonly onTry: () => void;
  readonly onRemove: () => void;
}

function RuleRow({ rule, isActive, onActive, onEdit, onTry, onRemove }: RuleRowProps) {
  const t = useTranslations("automations.followUps");
  const mayManage = useMay("automations.manage");
  const choices = useChoices();
  const { sentence } = useRuleWords();
  return (
    <li className="relative flex min-h-18 items-center gap-3 border-b px-4 py-2.5 last:border-b-0 hover:bg-hover">
      <Switch className="relative z-1" label={t("activeOf", { name: rule.name })} checked={isActive} disabled={!mayManage} onCheckedChange={onActive} />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
          {mayManage ? (
            <button type="button" onClick={onEdit} className="focus-inset min-w-0 truncate rounded-sm text-left font-medium after:absolute after:inset-0">
              {rule.name}
            </button>
          ) : (
            <span className="font-medium">{rule.name}</span>
          )}
          {isActive ? null : <Badge>{t("inactive")}</Badge>}
          {rule.warnings.length === 0 ? null : (
            <Badge tone="attention" icon={<TriangleAlert />}>
              {t("warningCount", { count: rule.warnings.length })}
            </Badge>
          )}
        </p>
        <p className="text-sm text-pretty text-ink-muted">{sentence(rule, choices)}</p>
      </div>
      <RuleMenu name={rule.name} ruleId={rule.id} onEdit={onEdit} onTry={onTry} onRemove={onRemove} />
    </li>
  );
}

function RuleMenu({
  name,
  ruleId,
  onEdit,
  onTry,
  onRemove,
}: Pick<RuleRowProps, "onEdit" | "onTry" | "onRemove"> & { readonly name: string; readonly ruleId: string }) {
  const t = useTranslations("automations.followUps");
  const common = useTranslations("common");
  const mayManage = useMay("automations.manage");
  const [, setState] = useFollowUpState();
  return (
    <Menu align="end" trigger={<IconButton className="relative" label={`${common("more")}: ${name}`} icon={<Ellipsis />} />}>
      {mayManage ? (
        <>
          <MenuItem icon={<Pencil />} onSelect={onEdit}>
            {t("edit")}
          </MenuItem>
          <MenuItem icon={<FlaskConical />} onSelect={onTry}>
            {t("try")}
          </MenuItem>
        </>
      ) : null}
      <MenuItem icon={<ScrollText />} onSelect={() => void setState({ tab: "log", rule: ruleId, status: null })}>
        {t("showLog")}
      </MenuItem>
      {mayManage ? (
        <MenuItem icon={<Trash2 />} tone="danger" onSelect={onRemove}>
          {t("remove")}
        </MenuItem>
      ) : null}
    </Menu>
  );
}
