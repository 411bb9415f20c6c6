"use client";

import { MessageSquareText } from "lucide-react";
import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { FullHeight } from "@/components/layout/page";
import { useShortcut } from "@/components/layout/use-shortcut";
import { cn } from "@/components/ui/class-names";
import { EmptyState } from "@/components/ui/empty-state";
import { ConversationList, ListHeader, useConversations } from "./conversation-list";
import { useInboxState } from "./filters";
import { Thread } from "./thread";
import { ViewList } from "./view-list";

/** Three panes: views, conversations, thread. On a phone one of the last two, by whether a conversation is open. */
export function InboxScreen() {
  const t = useTranslations("inbox");
  const [state, setState] = useInboxState();
  const list = useConversations();
  const open = useCallback((id: string | null) => void setState({ conversation: id }, { history: "push" }), [setState]);
  useInboxKeys(
    list.conversations.map((entry) => entry.id),
    state.conversation,
    open,
  );

  return (
    <FullHeight className="flex">
      <ViewList className="hidden w-52 shrink-0 border-r bg-sunken xl:flex" />
      <section
        aria-label={t("conversations")}
        className={cn("flex min-h-0 w-full flex-col border-r bg-surface md:w-80 md:shrink-0 lg:w-92", state.conversation !== null && "hidden md:flex")}
      >
        <ListHeader />
        <div className="border-b xl:hidden">
          <ViewTabs />
        </div>
        <ConversationList list={list} onOpen={open} />
      </section>
      <div className={cn("min-h-0 min-w-0 flex-1 bg-canvas", state.conversation === null && "hidden md:block")}>
        {state.conversation === null ? (
          <div className="flex h-full items-center">
            <EmptyState icon={<MessageSquareText />} title={t("pick.title")} reason={t("pick.reason")} />
          </div>
        ) : (
          <Thread conversationId={state.conversation} onBack={() => open(null)} />
        )}
      </div>
    </FullHeight>
  );
}

/** The views where the left pane has no room: one row that scrolls. */
function ViewTabs() {
  return <ViewList className="no-scrollbar flex-row overflow-x-auto" />;
}

const named = (name: string) => document.querySelector<HTMLElement>(`[data-shortcut="${name}"]`);

function useInboxKeys(ids: readonly string[], current: string | null, open: (id: string | null) => void) {
  const move = (by: number) => {
    const at = current === null ? -1 : ids.indexOf(current);
    const next = ids[Math.min(Math.max(at + by, 0), ids.length - 1)];
    if (next !== undefined) open(next);
  };
  useShortcut("list.next", () => move(1));
  useShortcut("list.previous", () => move(-1));
  useShortcut("list.search", () => named("search")?.focus());
  useShortcut("inbox.reply", () => named("reply")?.focus());
  useShortcut("inbox.resolve", () => named("resolve")?.click());
  useShortcut("inbox.leave", () => {
    const focused = document.activeElement;
    if (focused instanceof HTMLElement && focused.dataset["shortcut"] !== undefined) focused.blur();
    else open(null);
  });
}
