"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { BellPlus, Download, Ellipsis, GitMerge, History, Mail } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useKeys } from "@/components/layout/shortcut-map";
import { useMay } from "@/components/layout/use-may";
import { useTRPC } from "@/components/providers/trpc-provider";
import { useErrorText } from "@/components/providers/use-error-text";
import { IconButton } from "@/components/ui/icon-button";
import { fetchCode } from "@/components/ui/late/fetch-code";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import { toast } from "@/components/ui/toast";
import type { ConversationSummary } from "@/server/inbox/schema";
import { useMayWrite } from "../use-may-write";

const HistoryDrawer = dynamic(() => fetchCode(() => import("./history-drawer")).then((module) => module.HistoryDrawer));
const RemindDialog = dynamic(() => fetchCode(() => import("./remind-dialog")).then((module) => module.RemindDialog));
const MergeDialog = dynamic(() => fetchCode(() => import("./merge-dialog")).then((module) => module.MergeDialog));

type Layer = "history" | "remind" | "merge";

export interface MoreMenuProps {
  readonly conversation: ConversationSummary;
  readonly partCount: number;
}

/** What is done seldom. The dialogs' code comes when it is asked for. */
export function MoreMenu({ conversation, partCount }: MoreMenuProps) {
  const t = useTranslations("thread.more");
  const mayWrite = useMayWrite() === true;
  const unreadKeys = useKeys("inbox.unread");
  const markUnread = useMarkUnread(conversation.id);
  const mayExport = useMay("inbox.export");
  const [layer, setLayer] = useState<Layer | null>(null);
  const shared = { conversation, open: true, onOpenChange: (open: boolean) => setLayer(open ? layer : null) };
  return (
    <>
      <Menu align="end" trigger={<IconButton size="sm" label={t("title")} icon={<Ellipsis />} />}>
        <MenuItem icon={<Mail />} keys={unreadKeys} onSelect={markUnread}>
          {t("unread")}
        </MenuItem>
        {mayWrite ? (
          <>
            {conversation.kind === "chat" ? (
              <MenuItem icon={<BellPlus />} onSelect={() => setLayer("remind")}>
                {t("remind")}
              </MenuItem>
            ) : null}
            <MenuItem icon={<GitMerge />} onSelect={() => setLayer("merge")}>
              {partCount > 1 ? t("merged", { count: partCount }) : t("merge")}
            </MenuItem>
          </>
        ) : null}
        <MenuSeparator />
        <MenuItem icon={<History />} onSelect={() => setLayer("history")}>
          {t("history")}
        </MenuItem>
        {mayExport ? (
          <MenuItem icon={<Download />} onSelect={() => window.location.assign(`/api/inbox/export?conversationId=${conversation.id}`)}>
            {t("export")}
          </MenuItem>
        ) : null}
      </Menu>
      {layer === "history" ? <HistoryDrawer {...shared} /> : null}
      {layer === "remind" ? <RemindDialog {...shared} /> : null}
      {layer === "merge" ? <MergeDialog {...shared} /> : null}
    </>
  );
}

function useMarkUnread(conversationId: string): () => void {
  const t = useTranslations("thread");
  const trpc = useTRPC();
  const client = useQueryClient();
  const errorText = useErrorText();
  const { mutate } = useMutation(
    trpc.inbox.markUnread.mutationOptions({
      onSuccess: () => {
        toast.done(t("changed.unread"));
        void client.invalidateQueries(trpc.inbox.list.infiniteQueryFilter());
        void client.invalidateQueries(trpc.inbox.counts.queryFilter());
      },
      onError: (error) => void toast.failed(t("changeFailed"), { description: errorText(error).text }),
    }),
  );
  return () => mutate({ conversationId });
}
