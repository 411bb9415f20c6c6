"use client";

import { useQuery } from "@tanstack/react-query";
import { Archive, CircleCheck, Clock, Inbox, Layers, Mail } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useTRPC } from "@/components/providers/trpc-provider";
import { ChannelMark } from "@/components/ui/channel-mark";
import { cn } from "@/components/ui/class-names";
import { type InboxView, useInboxState, VIEWS } from "./filters";

const icons: Readonly<Record<InboxView, ReactNode>> = {
  active: <Inbox />,
  waiting: <Clock />,
  unread: <Mail />,
  resolved: <CircleCheck />,
  closed: <Archive />,
  all: <Layers />,
};

/** Left pane: views with their counts, then the shops. */
export function ViewList({ className }: { readonly className?: string | undefined }) {
  const t = useTranslations("inbox");
  const trpc = useTRPC();
  const [state, setState] = useInboxState();
  const { data: counts } = useQuery(trpc.inbox.counts.queryOptions());
  const { data: connections } = useQuery(trpc.integrations.list.queryOptions());
  const toggle = (id: string) => {
    const next = state.connection.includes(id) ? state.connection.filter((entry) => entry !== id) : [...state.connection, id];
    void setState({ connection: next });
  };
  return (
    <nav aria-label={t("views.label")} className={cn("flex flex-col gap-0.5 overflow-y-auto p-2", className)}>
      {VIEWS.map((view) => (
        <Entry
          key={view}
          icon={icons[view]}
          active={state.view === view}
          count={view === "all" ? undefined : counts?.[view]}
          strong={view === "waiting" || view === "unread"}
          onPress={() => void setState({ view })}
        >
          {t(`views.${view}`)}
        </Entry>
      ))}
      {connections === undefined || connections.length < 2 ? null : (
        <>
          <p className="px-2 pt-4 pb-1 text-xs font-medium text-ink-faint">{t("shops")}</p>
          {connections.map((connection) => (
            <Entry
              key={connection.id}
              icon={<ChannelMark system={connection.connectorId} size="sm" />}
              active={state.connection.includes(connection.id)}
              onPress={() => toggle(connection.id)}
            >
              {connection.name}
            </Entry>
          ))}
        </>
      )}
    </nav>
  );
}

interface EntryProps {
  readonly icon: ReactNode;
  readonly active: boolean;
  readonly count?: number | undefined;
  /** A count that asks for work. */
  readonly strong?: boolean;
  readonly onPress: () => void;
  readonly children: ReactNode;
}

function Entry({ icon, active, count, strong = false, onPress, children }: EntryProps) {
  return (
    <button
      type="button"
      aria-pressed={active}
      onClick={onPress}
      className={cn(
        "focus-inset flex h-8 shrink-0 items-center gap-2 rounded-md px-2 text-left text-base text-ink-muted hover:bg-hover hover:text-ink [&_svg]:size-4 [&_svg]:shrink-0",
        active && "bg-selected font-medium text-ink",
      )}
    >
      {icon}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {count === undefined || count === 0 ? null : (
        <span className={cn("tabular text-xs", strong ? "font-semibold text-accent-text" : "text-ink-faint")}>{count >= 1_000 ? "999+" : count}</span>
      )}
    </button>
  );
}
