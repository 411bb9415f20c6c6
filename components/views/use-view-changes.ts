"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useOfferUndo } from "@/components/layout/undo";
import { useTRPC } from "@/components/providers/trpc-provider";
import { useErrorText } from "@/components/providers/use-error-text";
import { toast } from "@/components/ui/toast";
import type { SavedView } from "@/server/views/schema";
import { usePageViews } from "./page-views";

/** Removing, reordering, and choosing what the page opens with, each at once. */
export function useViewChanges() {
  const t = useTranslations("views");
  const trpc = useTRPC();
  const client = useQueryClient();
  const errorText = useErrorText();
  const offerUndo = useOfferUndo();
  const { saved, open, leave } = usePageViews();
  const removeOf = useMutation(trpc.views.remove.mutationOptions()).mutateAsync;
  const createOf = useMutation(trpc.views.create.mutationOptions()).mutateAsync;
  const updateOf = useMutation(trpc.views.update.mutationOptions()).mutateAsync;
  const setDefaultOf = useMutation(trpc.views.setDefault.mutationOptions()).mutateAsync;
  const attempt = async (deed: () => Promise<void>) => {
    try {
      await deed();
    } catch (error) {
      toast.failed(t("failed"), { description: errorText(error).text });
    }
    await client.invalidateQueries(trpc.views.list.queryFilter());
  };
  const remove = (view: SavedView) =>
    attempt(async () => {
      const { id, isDefault, ...fields } = view;
      await removeOf({ viewId: id });
      const wasOpen = saved?.id === id;
      if (wasOpen) leave();
      const bringBack = () =>
        attempt(async () => {
          const created = await createOf(fields);
          if (isDefault) await setDefaultOf({ viewId: created.id, isDefault });
          if (wasOpen) open({ id: created.id, filters: view.filters });
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
      await Promise.all(moved.map(({ id, isDefault: _, ...fields }) => updateOf({ viewId: id, ...fields })));
    });
  const setDefault = ({ id, name }: SavedView, isDefault: boolean) =>
    attempt(async () => {
      await setDefaultOf({ viewId: id, isDefault });
      toast.done(isDefault ? t("isDefault", { name }) : t("noDefault"));
    });
  return { remove, moveTo, setDefault };
}
