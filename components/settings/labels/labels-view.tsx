"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Plus, Tags } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { QueryContent } from "../../layout/query-content";
import { useDeferredRemoval } from "../../layout/use-deferred-removal";
import { useMay } from "../../layout/use-may";
import { useTRPC } from "../../providers/trpc-provider";
import { Button } from "../../ui/button";
import { EmptyState } from "../../ui/empty-state";
import { PageHeader } from "../../ui/page-header";
import { SkeletonRows } from "../../ui/skeleton";
import { DataList } from "../../ui/table";
import { LabelDialog } from "./label-dialog";
import { type Label, LabelRow } from "./label-row";
import { MergeDialog } from "./merge-dialog";

/** Removing and merging, both to be taken back for a while: the server forgets where a label was. */
function useLabelRemoval() {
  const t = useTranslations("settings.labels");
  const queryClient = useQueryClient();
  const trpc = useTRPC();
  const { hidden, remove } = useDeferredRemoval();
  const { mutateAsync: drop } = useMutation(
    trpc.inbox.labels.remove.mutationOptions({ onSuccess: () => queryClient.invalidateQueries(trpc.inbox.pathFilter()) }),
  );
  const { mutateAsync: relabel } = useMutation(trpc.inbox.bulk.mutationOptions());
  const merging = async (from: Label, into: Label) => {
    await relabel({ target: { kind: "filter", filter: { labelIds: [from.id] } }, action: { kind: "label", addLabelIds: [into.id] } });
    await drop({ labelId: from.id });
  };
  return {
    hidden,
    remove: ({ id, name }: Label) => remove(id, t("removed", { name }), () => drop({ labelId: id })),
    merge: (from: Label, into: Label) => remove(from.id, t("merged", { from: from.name, into: into.name }), () => merging(from, into)),
  };
}

type Open = { readonly kind: "edit"; readonly label: Label | null } | { readonly kind: "merge"; readonly label: Label };

export function LabelsView() {
  const t = useTranslations("settings.labels");
  const trpc = useTRPC();
  const mayManage = useMay("inbox.manage");
  const labels = useQuery(trpc.inbox.labels.list.queryOptions());
  const { hidden, remove, merge } = useLabelRemoval();
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  const visible = labels.data?.filter(({ id }) => !hidden.has(id));
  const add = mayManage ? (
    <Button variant="primary" icon={<Plus />} onClick={() => setOpen({ kind: "edit", label: null })}>
      {t("add")}
    </Button>
  ) : undefined;
  return (
    <>
      <PageHeader title={t("title")} description={t("lead")} actions={add} />
      <DataList title={t("list")} count={visible?.length}>
        <QueryContent query={{ ...labels, data: visible }} skeleton={<SkeletonRows rows={5} />}>
          {(list) =>
            list.length === 0 ? (
              <EmptyState icon={<Tags />} title={t("empty")} reason={t("emptyReason")} action={add} />
            ) : (
              <ul>
                {list.map((label) => (
                  <LabelRow
                    key={label.id}
                    label={label}
                    mayManage={mayManage}
                    mayMerge={list.length > 1}
                    onEdit={() => setOpen({ kind: "edit", label })}
                    onMerge={() => setOpen({ kind: "merge", label })}
                    onRemove={() => remove(label)}
                  />
                ))}
              </ul>
            )
          }
        </QueryContent>
      </DataList>
      {open?.kind === "edit" ? <LabelDialog label={open.label} onClose={close} /> : null}
      {open?.kind === "merge" ? (
        <MergeDialog
          label={open.label}
          others={(visible ?? []).filter(({ id }) => id !== open.label.id)}
          onMerge={(into) => merge(open.label, into)}
          onClose={close}
        />
      ) : null}
    </>
  );
}
