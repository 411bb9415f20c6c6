"use client";

import { useQuery } from "@tanstack/react-query";
import { AlarmClock, Archive, AtSign, CircleCheck, Clock, Flame, Inbox, Layers, Mail, Pencil, UserRound, UserRoundX, Users, UsersRound } from "lucide-react";
import { useTranslations } from "next-intl";
import { memo, type ReactNode } from "react";
import { useTRPC } from "@/components/providers/trpc-provider";
import { ChannelMark } from "@/components/ui/channel-mark";
import { cn } from "@/components/ui/class-names";
import { LabelDot } from "@/components/ui/label-chip";
import { NewViewButton, SavedViewEntries, ViewEntry, ViewGroup } from "@/components/views";
import type { ViewCounts } from "@/server/inbox/schema";
import { useNames } from "../thread/use-names";
import { type InboxView, NO_FILTERS, type Place } from "./filter-model";
import { COUNT_LIMIT } from "./limits";
import { useFolded } from "./use-folded";
import { useListState, usePlace, useSavedViews } from "./use-list-state";

export const VIEW_ICONS: Readonly<Record<InboxView, ReactNode>> = {
  active: <Inbox />,
  mine: <UserRound />,
  unassigned: <UserRoundX />,
  team: <UsersRound />,
  waiting: <Clock />,
  overdue: <Flame />,
  unread: <Mail />,
  mentions: <AtSign />,
  drafts: <Pencil />,
  snoozed: <AlarmClock />,
  resolved: <CircleCheck />,
  closed: <Archive />,
  all: <Layers />,
};

export const OFFERED_VIEWS: Readonly<Record<Place, readonly InboxView[]>> = {
  inbox: ["active", "mine", "unassigned", "team", "waiting", "overdue", "unread", "mentions", "drafts", "snoozed", "resolved", "closed", "all"],
  reviews: ["active", "waiting", "overdue", "mine", "unassigned", "unread", "resolved", "closed", "all"],
};

/** What a view counts; the counts speak of all kinds together, so the place of reviews shows none. */
function countOf(view: InboxView, counts: ViewCounts | undefined): number | undefined {
  if (counts === undefined || view === "all") return undefined;
  // Sleeping ones are active for the server but not in the view.
  if (view === "active") return counts.active >= COUNT_LIMIT ? counts.active : counts.active - counts.snoozed;
  return counts[view];
}

const toneOf = (view: InboxView) => (view === "overdue" ? "overdue" : view === "waiting" || view === "unread" || view === "mentions" ? "strong" : "plain");

export interface ViewListProps {
  readonly className?: string | undefined;
  /** A view was opened: the sheet it stands in may close. */
  readonly onChosen?: (() => void) | undefined;
}

/** Left pane: views with their counts, saved views, teams, labels, channels and shops. */
export const ViewList = memo(function ViewList({ className, onChosen }: ViewListProps) {
  const t = useTranslations("inbox-list");
  const trpc = useTRPC();
  const place = usePlace();
  const state = useListState();
  const { data: counts } = useQuery(trpc.inbox.counts.queryOptions());
  const isPlain = state.saved === undefined;
  return (
    <nav aria-label={t("pane")} className={cn("flex flex-col overflow-y-auto p-2 pb-6", className)}>
      <div className="flex flex-col gap-0.5">
        {OFFERED_VIEWS[place].map((view) => (
          <ViewEntry
            key={view}
            icon={VIEW_ICONS[view]}
            active={isPlain && state.filters.view === view}
            count={place === "inbox" ? countOf(view, counts) : undefined}
            tone={toneOf(view)}
            onPress={() => {
              state.openView(view);
              onChosen?.();
            }}
          >
            {t(`views.${view}`)}
          </ViewEntry>
        ))}
      </div>
      <SavedGroup onChosen={onChosen} />
      <FilterGroups />
    </nav>
  );
});

function SavedGroup({ onChosen }: { readonly onChosen?: (() => void) | undefined }) {
  const t = useTranslations("inbox-list");
  const folded = useFolded();
  const { views } = useSavedViews();
  if (views.length === 0) return null;
  return (
    <ViewGroup title={t("groups.saved")} open={folded.isOpen("saved")} onToggle={() => folded.toggle("saved")} action={<NewViewButton />}>
      <SavedViewEntries onChosen={onChosen} />
    </ViewGroup>
  );
}

interface Line {
  readonly id: string;
  readonly name: string;
  readonly icon: ReactNode;
}

type GroupedFilter = "team" | "label" | "channel" | "connection";

/** Teams, labels, channels and shops: each press puts one in or takes it out of the filter. */
function FilterGroups() {
  const t = useTranslations("inbox-list.groups");
  const { teams, labels, shops } = useNames();
  const systems = new Map(shops.map((shop) => [shop.connectorId, shop.connectorLabel]));
  const groups: Readonly<Record<GroupedFilter, readonly Line[]>> = {
    team: teams.map(({ id, name }) => ({ id, name, icon: <Users /> })),
    label: labels.map(({ id, name, color }) => ({ id, name, icon: <LabelDot color={color} className="size-2.5" /> })),
    channel: [...systems].map(([id, name]) => ({ id, name, icon: <ChannelMark system={id} size="sm" /> })),
    connection: shops.map(({ id, name, connectorId }) => ({ id, name, icon: <ChannelMark system={connectorId} size="sm" /> })),
  };
  // One shop alone is no choice; with one shop a marketplace, the shops say it all.
  const least = { team: 1, label: 1, channel: systems.size < shops.length ? 2 : Number.POSITIVE_INFINITY, connection: 2 };
  return (["team", "label", "channel", "connection"] as const).map((name) =>
    groups[name].length < least[name] ? null : <FilterGroup key={name} name={name} title={t(name)} lines={groups[name]} />,
  );
}

function FilterGroup({ name, title, lines }: { readonly name: GroupedFilter; readonly title: string; readonly lines: readonly Line[] }) {
  const folded = useFolded();
  const { filters, change } = useListState();
  const chosen = filters[name];
  const press = (id: string) => change({ [name]: chosen.includes(id) ? chosen.filter((entry) => entry !== id) : [...chosen, id] });
  return (
    <ViewGroup title={title} open={folded.isOpen(name)} onToggle={() => folded.toggle(name)}>
      {lines.map((line) => (
        <ViewEntry key={line.id} icon={line.icon} active={chosen.includes(line.id)} onPress={() => press(line.id)}>
          {line.name}
        </ViewEntry>
      ))}
    </ViewGroup>
  );
}

/** The views where the left pane has no room: one row that scrolls. */
export const ViewTabs = memo(function ViewTabs({ className }: { readonly className?: string | undefined }) {
  const t = useTranslations("inbox-list");
  const trpc = useTRPC();
  const place = usePlace();
  const { filters, saved, openView } = useListState();
  const { data: counts } = useQuery(trpc.inbox.counts.queryOptions());
  return (
    <nav aria-label={t("pane")} className={cn("no-scrollbar flex gap-0.5 overflow-x-auto border-b px-2 py-1", className)}>
      {OFFERED_VIEWS[place].map((view) => (
        <ViewEntry
          key={view}
          icon={VIEW_ICONS[view]}
          active={saved === undefined && filters.view === view}
          count={place === "inbox" ? countOf(view, counts) : undefined}
          tone={toneOf(view)}
          onPress={() => openView(view ?? NO_FILTERS.view)}
        >
          {t(`views.${view}`)}
        </ViewEntry>
      ))}
    </nav>
  );
});
