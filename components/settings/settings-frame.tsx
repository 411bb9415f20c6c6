"use client";

import { Building2, History, ListChecks, type LucideIcon, ShieldCheck, SlidersHorizontal, UserRound, UsersRound } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useRef } from "react";
import type { Permission } from "@/server/access/schema";
import { cn } from "../ui/class-names";

interface Section {
  readonly id: "profile" | "security" | "workspace" | "organizations" | "members" | "audit" | "jobs";
  readonly group: "you" | "team";
  readonly icon: LucideIcon;
  readonly permission: Permission;
}

/** `/settings/<id>`; text `settings.sections.<id>`. */
const SECTIONS: readonly Section[] = [
  { id: "profile", group: "you", icon: UserRound, permission: "profile.own" },
  { id: "security", group: "you", icon: ShieldCheck, permission: "sessions.own" },
  { id: "workspace", group: "team", icon: SlidersHorizontal, permission: "workspace.read" },
  { id: "organizations", group: "team", icon: Building2, permission: "organizations.read" },
  { id: "members", group: "team", icon: UsersRound, permission: "members.read" },
  { id: "audit", group: "team", icon: History, permission: "audit.read" },
  { id: "jobs", group: "team", icon: ListChecks, permission: "jobs.read" },
];

export function SettingsFrame({ permissions, children }: { readonly permissions: readonly Permission[]; readonly children: ReactNode }) {
  const t = useTranslations("settings");
  const pathname = usePathname();
  const visible = SECTIONS.filter((section) => permissions.includes(section.permission));
  return (
    <div className="mx-auto flex w-full max-w-5xl gap-10 px-4 py-5 max-lg:flex-col max-lg:gap-5 md:px-8 md:py-7">
      <nav aria-label={t("title")} className="shrink-0 lg:sticky lg:top-7 lg:h-fit lg:w-48">
        <p className="mb-4 px-2 text-xl font-semibold max-lg:hidden">{t("title")}</p>
        <div className="flex gap-1 max-lg:-mx-4 max-lg:overflow-x-auto max-lg:px-4 max-lg:pb-1 max-lg:[scrollbar-width:none] lg:flex-col lg:gap-5">
          {(["you", "team"] as const).map((group) => (
            <div key={group} className="max-lg:contents">
              <p className="mb-1 px-2 text-xs font-medium text-ink-faint max-lg:hidden">{t(`groups.${group}`)}</p>
              <ul className="flex gap-1 max-lg:shrink-0 lg:flex-col lg:gap-0.5">
                {visible
                  .filter((section) => section.group === group)
                  .map((section) => (
                    <SectionLink
                      key={section.id}
                      section={section}
                      active={pathname === `/settings/${section.id}` || pathname.startsWith(`/settings/${section.id}/`)}
                    />
                  ))}
              </ul>
            </div>
          ))}
        </div>
      </nav>
      <div className="flex min-w-0 flex-1 flex-col gap-5">{children}</div>
    </div>
  );
}

function SectionLink({ section, active }: { readonly section: Section; readonly active: boolean }) {
  const t = useTranslations("settings.sections");
  const link = useRef<HTMLAnchorElement>(null);
  // On a phone the sections are a row that scrolls: the chosen one must not be beyond its edge.
  useEffect(() => {
    if (active) link.current?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [active]);
  const look =
    "flex h-8 items-center gap-2.5 rounded-md px-2 text-base whitespace-nowrap text-ink-muted hover:bg-hover hover:text-ink max-lg:border max-lg:bg-surface max-lg:px-3 coarse:h-10";
  return (
    <li>
      <Link
        ref={link}
        href={`/settings/${section.id}`}
        aria-current={active ? "page" : undefined}
        className={cn(look, active && "bg-selected font-medium text-ink max-lg:border-transparent max-lg:bg-selected")}
      >
        <section.icon className="size-4 shrink-0 max-lg:hidden" aria-hidden="true" />
        {t(section.id)}
      </Link>
    </li>
  );
}
