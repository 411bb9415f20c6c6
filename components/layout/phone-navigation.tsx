"use client";

import { Ellipsis, Search } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { CountBadge } from "../ui/badge";
import { cn } from "../ui/class-names";
import { IconButton } from "../ui/icon-button";
import { Menu, MenuItem } from "../ui/menu";
import { LiveIndicator } from "./live-indicator";
import { isActivePath, type NavigationEntry } from "./navigation";
import { ProfileMenu } from "./profile-menu";
import type { ShellMember } from "./shell";
import { useSignals } from "./signals";
import { Mark } from "./wordmark";
import { WorkspaceName } from "./workspace-switcher";

export interface PhoneHeaderProps {
  readonly member: ShellMember;
  readonly workspaceName: string;
  readonly notices: ReactNode;
  readonly onCommands: () => void;
  readonly onShortcuts: () => void;
}

export function PhoneHeader({ member, workspaceName, notices, onCommands, onShortcuts }: PhoneHeaderProps) {
  const t = useTranslations("layout");
  return (
    <header className="sticky top-0 z-20 flex h-12 items-center gap-2 border-b bg-canvas px-3 md:hidden">
      <Mark />
      <WorkspaceName name={workspaceName} />
      <LiveIndicator compact />
      {notices}
      <IconButton label={t("commandBar.title")} icon={<Search />} onClick={onCommands} />
      <div className="w-9">
        <ProfileMenu member={member} compact onShortcuts={onShortcuts} />
      </div>
    </header>
  );
}

/** So many fit beside each other in every language; the rest stands behind "More". */
const PHONE_PLACES = 4;

const placeStyle = "focus-inset flex h-14 w-full flex-col items-center justify-center gap-1 px-0.5 text-ink-muted";

/** Within the thumb's reach. */
export function PhoneBar({ entries }: { readonly entries: readonly NavigationEntry[] }) {
  const t = useTranslations("layout");
  const pathname = usePathname();
  const { counts } = useSignals();
  const isCrowded = entries.length > PHONE_PLACES + 1;
  const shown = isCrowded ? entries.slice(0, PHONE_PLACES) : entries;
  return (
    <nav aria-label={t("navigation.label")} className="fixed inset-x-0 bottom-0 z-20 border-t bg-surface pb-[env(safe-area-inset-bottom)] md:hidden">
      <ul className="flex">
        {shown.map((entry) => {
          const active = isActivePath(pathname, entry.href);
          const count = counts[entry.id] ?? 0;
          return (
            <li key={entry.id} className="min-w-0 flex-1">
              <Link href={entry.href} aria-current={active ? "page" : undefined} className={cn(placeStyle, active && "font-medium text-accent-text")}>
                <span className="relative">
                  <entry.icon className="size-5" aria-hidden="true" />
                  <CountBadge count={count} label={t(`counts.${entry.id}`, { count })} className="absolute -top-1.5 left-2.5" />
                </span>
                <span className="max-w-full truncate text-[0.6875rem] leading-none">{t(`navigation.${entry.id}Short`)}</span>
              </Link>
            </li>
          );
        })}
        {isCrowded ? (
          <li className="min-w-0 flex-1">
            <MorePlaces entries={entries.slice(PHONE_PLACES)} />
          </li>
        ) : null}
      </ul>
    </nav>
  );
}

function MorePlaces({ entries }: { readonly entries: readonly NavigationEntry[] }) {
  const t = useTranslations("layout");
  const pathname = usePathname();
  const active = entries.some((entry) => isActivePath(pathname, entry.href));
  const trigger = (
    <button type="button" className={cn(placeStyle, active && "font-medium text-accent-text")}>
      <Ellipsis className="size-5" aria-hidden="true" />
      <span className="max-w-full truncate text-[0.6875rem] leading-none">{t("navigation.more")}</span>
    </button>
  );
  return (
    <Menu trigger={trigger} side="top" align="end">
      {entries.map((entry) => (
        <MenuItem key={entry.id} icon={<entry.icon />} href={entry.href}>
          {t(`navigation.${entry.id}`)}
        </MenuItem>
      ))}
    </Menu>
  );
}
