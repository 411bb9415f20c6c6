"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { BookmarkPlus } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useMay } from "@/components/layout/use-may";
import { useTRPC } from "@/components/providers/trpc-provider";
import { useErrorText } from "@/components/providers/use-error-text";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { fetchCode } from "@/components/ui/late/fetch-code";
import { Menu, MenuItem } from "@/components/ui/menu";
import { toast } from "@/components/ui/toast";
import { usePageViews } from "./page-views";

const SaveViewDialog = dynamic(() => fetchCode(() => import("./save-view-dialog")).then((module) => module.SaveViewDialog));

/** Keeps the filters in force as a view: a new one, or the changed one that is open. */
export function SaveView() {
  const t = useTranslations("views");
  const { hasFilters, saved, isChanged } = usePageViews();
  const [open, setOpen] = useState(false);
  const mayShare = useMay("views.share");
  if (saved === undefined ? !hasFilters : !isChanged) return null;
  const asNew = () => setOpen(true);
  return (
    <>
      {saved !== undefined && (mayShare || !saved.isShared) ? (
        <ChangedMenu onAsNew={asNew} />
      ) : (
        <IconButton size="sm" label={t("save")} icon={<BookmarkPlus />} onClick={asNew} />
      )}
      {open ? <SaveViewDialog onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function ChangedMenu({ onAsNew }: { readonly onAsNew: () => void }) {
  const t = useTranslations("views");
  const trpc = useTRPC();
  const client = useQueryClient();
  const errorText = useErrorText();
  const { saved, current, open } = usePageViews();
  const update = useMutation(
    trpc.views.update.mutationOptions({
      onSuccess: async (_, { viewId, filters }) => {
        await client.invalidateQueries(trpc.views.list.queryFilter());
        open({ id: viewId, filters });
      },
      onError: (error) => toast.failed(t("failed"), { description: errorText(error).text }),
    }),
  );
  if (saved === undefined) return null;
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
      <MenuItem onSelect={() => update.mutate({ viewId: id, name, isShared, position, filters: current() })}>{t("saveChanges")}</MenuItem>
      <MenuItem onSelect={onAsNew}>{t("saveAsNew")}</MenuItem>
      <MenuItem onSelect={() => open(saved)}>{t("reset")}</MenuItem>
    </Menu>
  );
}
