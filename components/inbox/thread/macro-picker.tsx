"use client";

import { useQuery } from "@tanstack/react-query";
import { Zap } from "lucide-react";
import { useTranslations } from "next-intl";
import { useTRPC } from "@/components/providers/trpc-provider";
import type { ConversationSummary } from "@/server/inbox/schema";
import { PickList } from "./pick-list";
import { useMacro } from "./use-macro";

export interface MacroPickerProps {
  readonly conversation: ConversationSummary;
  readonly onDone: () => void;
}

/** The macros of this channel; picking one runs it. */
export function MacroPicker({ conversation, onDone }: MacroPickerProps) {
  const t = useTranslations("thread.macros");
  const trpc = useTRPC();
  const { data, isPending } = useQuery(trpc.replies.macros.list.queryOptions({ channel: conversation.channel, query: "" }));
  const run = useMacro(conversation);
  const items = (data?.macros ?? []).map(({ id, title, actions }) => ({
    id,
    label: title,
    icon: <Zap className="mx-1 size-4 shrink-0 text-ink-faint" />,
    hint: t("steps", { count: actions.length }),
  }));
  const onPick = (id: string) => {
    onDone();
    run(id);
  };
  return (
    <PickList
      groups={[{ id: "macros", items }]}
      pending={isPending}
      onPick={onPick}
      placeholder={t("search")}
      nothing={data?.macros.length === 0 ? t("none") : t("nothing")}
    />
  );
}
