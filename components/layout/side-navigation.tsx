"use client";

import { PanelLeft, Search } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { CountBadge } from "../ui/badge";
import { cn } from "../ui/class-names";
import { IconButton } from "../ui/icon-button";
import { Kbd } from "../ui/kbd";
import { Tooltip } from "../ui/tooltip";
import { LiveIndicator } from "./live-indicator";
import { isActivePath, type NavigationEntry } from "./navigation";
import { ProfileMenu } from "./profile-menu";
import type { ShellMember } from "./shell";
import { useKeys } from "./shortcut-map";
import { useSignals } from "./signals";
import { Mark } from "./wordmark";
import { WorkspaceName } from "./workspace-switcher";

interface EntryProps {
  readonly entry: NavigationEntry;
  readonly compact: boolean;
}

function Entry({ entry, compact }: EntryProps) {
  const t = useTranslations("layout");
  const pathname = usePathname();
  const count = useSignals().counts[entry.id] ?? 0;
  const active = isActivePath(pathname, entry.href);
  const keys = useKeys(entry.shortcut);
  const label = t(`navigation.${entry.id}`);
  const link = (
    <Link
      href={entry.href}
      aria-current={active ? "page" : undefined}
      className={cn(
        "group focus-inset relative flex h-8 items-center gap-2.5 rounded-md px-2 text-base text-ink-muted hover:bg-hover hover:text-ink",
        active && "bg-selected font-medium text-ink",
        compact && "w-8 justify-center px-0",
      )}
    >
      <entry.icon className={cn("size-4 shrink-0", active && "text-accent-text")} aria-hidden="true" />
      <span className={cn("min-w-0 flex-1 truncate", compact && "sr-only")}>{label}</span>
      <CountBadge count={count} label={t(`counts.${entry.id}`, { count })} className={cn(compact && "absolute -top-1 -right-1")} />
    </Link>
  );
  return (
    <li>
      {compact ? (
        <Tooltip content={label} keys={keys} side="right">
          {link}
        </Tooltip>
      ) : (
        link
      )}
    </li>
  );
}

export interface SideNavigationProps {
  readonly entries: readonly NavigationEntry[];
  readonly member: ShellMember;
  readonly workspaceName: string;
  readonly compact: boolean;
  readonly notices: ReactNode;
  readonly onToggle: () => void;
  readonly onCommands: () => void;
  readonly onShortcuts: () => void;
}

/** The left edge on wide screens. */
export function SideNavigation({ entries, member, workspaceName, compact, notices, onToggle, onCommands, onShortcuts }: SideNavigationProps) {
  const t = useTranslations("layout");
  const [toggleKeys, commandKeys] = [useKeys("navigation.toggle"), useKeys("command.open")];
  const toggle = (
    <IconButton size="sm" label={compact ? t("expand") : t("collapse")} keys={toggleKeys} icon={<PanelLeft />} aria-expanded={!compact} onClick={onToggle} />
  );
  return (
    <header className={cn("sticky top-0 flex h-dvh shrink-0 flex-col border-r bg-canvas py-3 max-md:hidden", compact ? "w-14 items-center px-2" : "w-58 px-3")}>
      <div className={cn("flex items-center gap-2.5", compact ? "flex-col" : "h-8 pl-1.5")}>
        <Mark />
        {compact ? <span className="sr-only">{workspaceName}</span> : <WorkspaceName name={workspaceName} />}
        {notices}
      </div>
      <button
        type="button"
        onClick={onCommands}
        className={cn(
          "mt-3 flex h-8 items-center gap-2 rounded-md border bg-surface px-2 text-left text-sm text-ink-muted shadow-card hover:border-line-strong hover:text-ink",
          compact && "w-8 justify-center px-0",
        )}
      >
        <Search className="size-4 shrink-0" aria-hidden="true" />
        <span className={cn("min-w-0 flex-1 truncate", compact && "sr-only")}>{t("commandBar.open")}</span>
        <Kbd keys={commandKeys} className={cn(compact && "hidden")} />
      </button>
      <nav aria-label={t("navigation.label")} className="mt-4 flex-1">
        <ul className="flex flex-col gap-0.5">
          {entries.map((entry) => (
            <Entry key={entry.id} entry={entry} compact={compact} />
          ))}
        </ul>
      </nav>
      <div className={cn("flex flex-col gap-1", compact && "items-center")}>
        <div className={cn("flex items-center justify-between", compact && "flex-col gap-1")}>
          <LiveIndicator compact={compact} />
          {toggle}
        </div>
        <ProfileMenu member={member} compact={compact} onShortcuts={onShortcuts} />
      </div>
    </header>
  );
}
