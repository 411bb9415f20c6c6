"use client";

import {
  Bell,
  Braces,
  Building2,
  History,
  Keyboard,
  ListChecks,
  type LucideIcon,
  Send,
  ShieldCheck,
  SlidersHorizontal,
  Tags,
  UserRound,
  UsersRound,
  Waypoints,
} from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Permission } from "@/server/access/schema";
import { SectionFrame } from "../layout/section-frame";

interface Section {
  readonly id:
    | "profile"
    | "security"
    | "notifications"
    | "shortcuts"
    | "workspace"
    | "organizations"
    | "members"
    | "teams"
    | "labels"
    | "transports"
    | "api"
    | "audit"
    | "jobs";
  readonly group: "you" | "team";
  readonly icon: LucideIcon;
  readonly permission: Permission;
}

/** `/settings/<id>`; text `settings.sections.<id>`. */
const SECTIONS: readonly Section[] = [
  { id: "profile", group: "you", icon: UserRound, permission: "profile.own" },
  { id: "security", group: "you", icon: ShieldCheck, permission: "sessions.own" },
  { id: "notifications", group: "you", icon: Bell, permission: "notifications.own" },
  { id: "shortcuts", group: "you", icon: Keyboard, permission: "profile.own" },
  { id: "workspace", group: "team", icon: SlidersHorizontal, permission: "workspace.read" },
  { id: "organizations", group: "team", icon: Building2, permission: "organizations.read" },
  { id: "members", group: "team", icon: UsersRound, permission: "members.read" },
  { id: "teams", group: "team", icon: Waypoints, permission: "inbox.read" },
  { id: "labels", group: "team", icon: Tags, permission: "inbox.read" },
  { id: "transports", group: "team", icon: Send, permission: "workspace.manage" },
  { id: "api", group: "team", icon: Braces, permission: "tokens.manage" },
  { id: "audit", group: "team", icon: History, permission: "audit.read" },
  { id: "jobs", group: "team", icon: ListChecks, permission: "jobs.read" },
];

export function SettingsFrame({ permissions, children }: { readonly permissions: readonly Permission[]; readonly children: ReactNode }) {
  const t = useTranslations("settings");
  const visible = SECTIONS.filter((section) => permissions.includes(section.permission));
  const groups = (["you", "team"] as const).map((group) => ({
    id: group,
    label: t(`groups.${group}`),
    sections: visible.filter((section) => section.group === group).map(({ id, icon }) => ({ href: `/settings/${id}`, label: t(`sections.${id}`), icon })),
  }));
  return (
    <SectionFrame title={t("title")} groups={groups}>
      {children}
    </SectionFrame>
  );
}
