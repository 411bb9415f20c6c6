"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ArrowDown, ArrowUp, Bookmark, Ellipsis, PencilLine, Trash2, Users } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useOfferUndo } from "@/components/layout/undo";
import { useTRPC } from "@/components/providers/trpc-provider";
import { useErrorText } from "@/components/providers/use-error-text";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import { toast } from "@/components/ui/toast";
import type { SavedView } from "@/server/inbox/team/schema";
import { useListState, useSavedViews } from "./use-list-state";
import { useMay } from "./use-may";
import { ViewEntry } from "./view-entry";

const SaveViewDialog = dynamic(() => import("./save-view-dialog").then((module) => module.SaveViewDialog));

/** Saved views, each with what can be done to it; shared ones only by those who run the inbox. */
export function SavedViewEntries({ onChosen }: { readonly onChosen?: (() => void) | undefined }) {
  const { views } = useSavedViews();
  const { saved, openSaved } = useListState();
  const mayManage = useMay("inbox.manage");
  const [renamed, setRenamed] = useState<SavedView | null>(null);
  return (
    <>
      {views.map((view) => (
        <ViewEntry
          key={view.id}
          icon={view.isShared ? <Users /> : <Bookmark />}
          active={saved?.id === view.id}
          onPress={() => {
            openSaved(view.id);
            onChosen?.();
          }}
          action={view.isShared && !mayManage ? undefined : <ViewMenu view={view} onRename={() => setRenamed(view)} />}
        >
          {view.name}
        </ViewEntry>
      ))}
      {renamed === null ? null : <SaveViewDialog view={renamed} open onOpenChange={(open) => (open ? undefined : setRenamed(null))} />}
    </>
  );
}

function ViewMenu({ view, onRename }: { readonly view: SavedView; readonly onRename: () => void }) {
  const t = useTranslations("inbox-list.saved");
  const { views } = useSavedViews();
  const { remove, moveTo } = useViewChanges();
  const peers = views.filter(({ isShared }) => isShared === view.isShared);
  const at = peers.findIndex(({ id }) => id === view.id);
  return (
    <Menu align="end" trigger={<IconButton size="sm" label={t("actions", { name: view.name })} icon={<Ellipsis />} />}>
      <MenuItem icon={<PencilLine />} onSelect={onRename}>
        {t("edit")}
      </MenuItem>
      <MenuItem icon={<ArrowUp />} disabled={at <= 0} onSelect={() => void moveTo(peers, at, at - 1)}>
        {t("up")}
      </MenuItem>
      <MenuItem icon={<ArrowDown />} disabled={at === peers.length - 1} onSelect={() => void moveTo(peers, at, at + 1)}>
        {t("down")}
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<Trash2 />} tone="danger" onSelect={() => void remove(view)}>
        {t("remove")}
      </MenuItem>
    </Menu>
  );
}

/** Removing and reordering, each at once. */
function useViewChanges() {
  const t = useTranslations("inbox-list.saved");
  const trpc = useTRPC();
  const client = useQueryClient();
  const errorText = useErrorText();
  const offerUndo = useOfferUndo();
  const { saved, openView, openSaved } = useListState();
  const removeOf = useMutation(trpc.inbox.views.remove.mutationOptions()).mutateAsync;
  const createOf = useMutation(trpc.inbox.views.create.mutationOptions()).mutateAsync;
  const updateOf = useMutation(trpc.inbox.views.update.mutationOptions()).mutateAsync;
  const attempt = async (deed: () => Promise<void>) => {
    try {
      await deed();
    } catch (error) {
      toast.failed(t("failed"), { description: errorText(error).text });
    }
    await client.invalidateQueries(trpc.inbox.views.list.queryFilter());
  };
  const remove = (view: SavedView) =>
    attempt(async () => {
      const { id, ...fields } = view;
      await removeOf({ viewId: id });
      const wasOpen = saved?.id === id;
      if (wasOpen) openView("active");
      const bringBack = () =>
        attempt(async () => {
          const created = await createOf(fields);
          if (wasOpen) openSaved(created.id);
        });
      offerUndo(t("removed", { name: view.name }), { undo: () => void bringBack() });
    });
  const moveTo = (peers: readonly SavedView[], from: number, to: number) =>
    attempt(async () => {
      const order = [...peers];
      order.splice(to, 0, ...order.splice(from, 1));
      const moved = order
        .map((view, position) => ({ ...view, position }))
        .filter(({ id, position }) => peers.find((peer) => peer.id === id)?.position !== position);
      await Promise.all(moved.map(({ id, ...fields }) => updateOf({ viewId: id, ...fields })));
    });
  return { remove, moveTo };
}
