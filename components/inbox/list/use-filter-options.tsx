"use client";

import { CircleSlash, UserRound, Users } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Avatar } from "@/components/ui/avatar";
import { ChannelMark } from "@/components/ui/channel-mark";
import { LabelDot } from "@/components/ui/label-chip";
import { PriorityIcon, priorityName } from "../thread/priority";
import { useNames } from "../thread/use-names";
import { DUES, type FilterName, KINDS, type ListFilters, MARKS, type Place, PRIORITIES, REVIEW_KINDS, STATUSES } from "./filter-model";
import { Stars } from "./stars";

export interface FilterOption {
  readonly value: string;
  readonly label: string;
  readonly icon?: ReactNode;
}

/** Filters one picks values for; the days are typed. */
export type PickedFilter = Exclude<FilterName, "from" | "to">;
export type OfferedFilter = PickedFilter | "days";

export const OFFERED: Readonly<Record<Place, readonly OfferedFilter[]>> = {
  inbox: ["assignee", "team", "label", "priority", "status", "kind", "channel", "connection", "due", "is", "rating", "days"],
  reviews: ["rating", "assignee", "team", "label", "priority", "status", "kind", "channel", "connection", "due", "is", "days"],
};

/** One value only: the next one takes its place. */
export const SINGLE: ReadonlySet<OfferedFilter> = new Set(["due"]);

const quiet = (icon: ReactNode) => <span className="flex size-5 items-center justify-center text-ink-muted [&_svg]:size-4">{icon}</span>;
const STARS = [5, 4, 3, 2, 1] as const;

/** What can be chosen for each filter, with its words and signs. */
export function useFilterOptions(place: Place): Readonly<Record<PickedFilter, readonly FilterOption[]>> {
  const t = useTranslations("inbox-list");
  const status = useTranslations("inbox.status");
  const { people, teams, labels, shops } = useNames();
  const nobody = <CircleSlash />;
  const systems = new Map(shops.map((shop) => [shop.connectorId, shop.connectorLabel]));
  return {
    assignee: [
      { value: "me", label: t("values.me"), icon: quiet(<UserRound />) },
      { value: "none", label: t("values.nobody"), icon: quiet(nobody) },
      ...people.filter(({ isYou }) => !isYou).map(({ userId, name }) => ({ value: userId, label: name, icon: <Avatar name={name} size="xs" /> })),
    ],
    team: [
      { value: "mine", label: t("values.myTeams"), icon: quiet(<UserRound />) },
      { value: "none", label: t("values.noTeam"), icon: quiet(nobody) },
      ...teams.map(({ id, name }) => ({ value: id, label: name, icon: quiet(<Users />) })),
    ],
    label: labels.map(({ id, name, color }) => ({ value: id, label: name, icon: quiet(<LabelDot color={color} />) })),
    priority: PRIORITIES.map((priority) => ({
      value: String(priority),
      label: t(`row.priority.${priorityName(priority)}`),
      icon: quiet(<PriorityIcon priority={priority} />),
    })),
    status: STATUSES.map((value) => ({ value, label: status(value) })),
    kind: (place === "reviews" ? REVIEW_KINDS : KINDS).map((value) => ({ value, label: t(`kinds.${value}`) })),
    channel: [...systems].map(([value, label]) => ({ value, label, icon: <ChannelMark system={value} size="sm" /> })),
    connection: shops.map(({ id, name, connectorId }) => ({ value: id, label: name, icon: <ChannelMark system={connectorId} size="sm" /> })),
    due: DUES.map((value) => ({ value, label: t(`due.${value}`) })),
    rating: STARS.map((rating) => ({ value: String(rating), label: t("row.stars", { count: rating }), icon: <Stars rating={rating} label="" /> })),
    is: MARKS.map((value) => ({ value, label: t(`marks.${value}`) })),
  };
}

/** The values of a filter as texts. */
export function valuesOf(filters: ListFilters, name: PickedFilter): string[] {
  const value = filters[name];
  if (value === null) return [];
  return typeof value === "string" ? [value] : value.map(String);
}

/** The filters with one value of a filter put in or taken out. */
export function withValue(filters: ListFilters, name: PickedFilter, value: string): Partial<ListFilters> {
  const before = valuesOf(filters, name);
  const has = before.includes(value);
  if (SINGLE.has(name)) return { [name]: has ? null : value };
  const next = has ? before.filter((entry) => entry !== value) : [...before, value];
  return { [name]: name === "priority" || name === "rating" ? next.map(Number) : next };
}

export function without(name: OfferedFilter): Partial<ListFilters> {
  if (name === "days") return { from: "", to: "" };
  return { [name]: SINGLE.has(name) ? null : [] };
}
