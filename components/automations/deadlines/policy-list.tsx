"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { AlarmClock, Ellipsis, Pencil, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { DeadlinePolicy } from "@/server/deadlines/schema";
import { announce } from "../../layout/announcer";
import { useDeferredRemoval } from "../../layout/use-deferred-removal";
import { useMay } from "../../layout/use-may";
import { useTRPC } from "../../providers/trpc-provider";
import { useErrorText } from "../../providers/use-error-text";
import { Badge } from "../../ui/badge";
import { EmptyState } from "../../ui/empty-state";
import { IconButton } from "../../ui/icon-button";
import { Menu, MenuItem } from "../../ui/menu";
import { Switch } from "../../ui/switch";
import { toast } from "../../ui/toast";
import { moved } from "../parts/move";
import { MoveButtons } from "../parts/move-buttons";
import { toPolicyForm } from "./policy-form";
import { usePolicyWords } from "./use-policy-words";

export interface PolicyListProps {
  readonly policies: readonly DeadlinePolicy[];
  readonly add: ReactNode;
  readonly onEdit: (policy: DeadlinePolicy) => void;
}

function usePolicyChanges() {
  const t = useTranslations("automations.deadlines");
  const order = useTranslations("automations.order");
  const errorText = useErrorText();
  const queryClient = useQueryClient();
  const trpc = useTRPC();
  const { hidden, remove } = useDeferredRemoval();
  const refresh = () => queryClient.invalidateQueries(trpc.deadlines.policies.pathFilter());
  const settle = { onSettled: refresh, onError: (error: unknown) => void toast.failed(errorText(error).text) };
  const save = useMutation(trpc.deadlines.policies.save.mutationOptions(settle));
  const reorder = useMutation(trpc.deadlines.policies.reorder.mutationOptions(settle));
  const { mutateAsync: drop } = useMutation(trpc.deadlines.policies.remove.mutationOptions({ onSettled: refresh }));
  const put = (policies: DeadlinePolicy[]) => queryClient.setQueryData(trpc.deadlines.policies.list.queryKey(), policies);
  return {
    hidden,
    setActive: (all: readonly DeadlinePolicy[], policy: DeadlinePolicy, isActive: boolean) => {
      put(all.map((one) => (one.id === policy.id ? { ...one, isActive } : one)));
      save.mutate({ ...toPolicyForm(policy), isActive, id: policy.id });
    },
    move: (all: readonly DeadlinePolicy[], index: number, by: -1 | 1) => {
      const next = moved(all, index, by);
      put(next);
      reorder.mutate({ policyIds: next.map(({ id }) => id) });
      announce(order("movedTo", { name: all[index]?.name ?? "", position: index + by + 1 }));
    },
    remove: ({ id, name }: DeadlinePolicy) => remove(id, t("removed", { name }), () => drop({ policyId: id })),
  };
}

/** In their order: the first that fits a conversation decides. */
export function PolicyList({ policies, add, onEdit }: PolicyListProps) {
  const t = useTranslations("automations.deadlines");
  const { hidden, setActive, move, remove } = usePolicyChanges();
  const visible = policies.filter(({ id }) => !hidden.has(id));
  if (visible.length === 0) return <EmptyState icon={<AlarmClock />} title={t("empty")} reason={t("emptyReason")} action={add} />;
  return (
    <ol>
      {visible.map((policy, index) => (
        <PolicyRow
          key={policy.id}
          policy={policy}
          index={index}
          count={visible.length}
          onActive={(isActive) => setActive(policies, policy, isActive)}
          // While one is about to be removed the list on the screen is not the whole.
          onMove={hidden.size === 0 ? (by) => move(policies, index, by) : undefined}
          onEdit={() => onEdit(policy)}
          onRemove={() => remove(policy)}
        />
      ))}
    </ol>
  );
}

interface PolicyRowProps {
  readonly policy: DeadlinePolicy;
  readonly index: number;
  readonly count: number;
  readonly onActive: (isActive: boolean) => void;
  readonly onMove: ((by: -1 | 1) => void) | undefined;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
}

function PolicyRow({ policy, index, count, onActive, onMove, onEdit, onRemove }: PolicyRowProps) {
  const t = useTranslations("automations.deadlines");
  const common = useTranslations("common");
  const mayManage = useMay("automations.manage");
  const { times, scope } = usePolicyWords();
  const { name, isActive } = policy;
  return (
    <li className="relative flex min-h-18 items-center gap-3 border-b px-4 py-2.5 last:border-b-0 hover:bg-hover">
      <span className="tabular w-4 shrink-0 text-right text-sm text-ink-faint">{index + 1}</span>
      <Switch className="relative z-1" label={t("activeOf", { name })} checked={isActive} disabled={!mayManage} onCheckedChange={onActive} />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2">
          {mayManage ? (
            <button type="button" onClick={onEdit} className="focus-inset min-w-0 truncate rounded-sm text-left font-medium after:absolute after:inset-0">
              {name}
            </button>
          ) : (
            <span className="font-medium">{name}</span>
          )}
          {isActive ? null : <Badge>{t("inactive")}</Badge>}
        </p>
        <p className="tabular text-sm text-pretty first-letter:uppercase">{times(policy)}</p>
        <p className="truncate text-sm text-ink-muted">{scope(policy)}</p>
      </div>
      {mayManage ? (
        <>
          {onMove === undefined || count < 2 ? null : <MoveButtons name={name} index={index} count={count} onMove={onMove} />}
          <Menu align="end" trigger={<IconButton className="relative" label={`${common("more")}: ${name}`} icon={<Ellipsis />} />}>
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
