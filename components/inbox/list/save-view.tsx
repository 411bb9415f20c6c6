"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { BookmarkPlus } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC } from "@/components/providers/trpc-provider";
import { useErrorText } from "@/components/providers/use-error-text";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuItem } from "@/components/ui/menu";
import { toast } from "@/components/ui/toast";
import { hasFilters } from "./filter-model";
import { useListState } from "./use-list-state";
import { useMay } from "./use-may";

const SaveViewDialog = dynamic(() => import("./save-view-dialog").then((module) => module.SaveViewDialog));

/** Keeps the filters in force as a view: a new one, or the changed one that is open. */
export function SaveView() {
  const t = useTranslations("inbox-list.saved");
  const { filters, saved, isChanged } = useListState();
  const [open, setOpen] = useState(false);
  const mayManage = useMay("inbox.manage");
  if (saved === undefined ? !hasFilters(filters) : !isChanged) return null;
  const asNew = () => setOpen(true);
  return (
    <>
      {saved !== undefined && (mayManage || !saved.isShared) ? (
        <ChangedMenu onAsNew={asNew} />
      ) : (
        <IconButton size="sm" label={t("save")} icon={<BookmarkPlus />} onClick={asNew} />
      )}
      {open ? <SaveViewDialog open onOpenChange={setOpen} /> : null}
    </>
  );
}

function ChangedMenu({ onAsNew }: { readonly onAsNew: () => void }) {
  const t = useTranslations("inbox-list.saved");
  const trpc = useTRPC();
  const client = useQueryClient();
  const errorText = useErrorText();
  const { saved, query, openSaved } = useListState();
  const update = useMutation(
    trpc.inbox.views.update.mutationOptions({
      onSuccess: async (_, { viewId }) => {
        await client.invalidateQueries(trpc.inbox.views.list.queryFilter());
        openSaved(viewId);
      },
      onError: (error) => toast.failed(t("failed"), { description: errorText(error).text }),
    }),
  );
  if (saved === undefined) return null;
  const { sort, ...filter } = query;
  const { id, name, isShared, position } = saved;
  return (
    <Menu
      align="end"
      trigger={
        <Button size="sm" pending={update.isPending}>
          {t("changed")}
        </Button>
      }
    >
      <MenuItem onSelect={() => update.mutate({ viewId: id, name, isShared, position, filters: { filter, sort } })}>{t("saveChanges")}</MenuItem>
      <MenuItem onSelect={onAsNew}>{t("saveAsNew")}</MenuItem>
      <MenuItem onSelect={() => openSaved(id)}>{t("reset")}</MenuItem>
    </Menu>
  );
}
