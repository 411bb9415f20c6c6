"use client";

import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { type ReactNode, useCallback, useMemo, useState } from "react";
import { fetchCode } from "@/components/ui/late/fetch-code";
import type { Permission, Role } from "@/server/access/schema";
import { Announcer } from "./announcer";
import { NAVIGATION, NAVIGATION_COOKIE } from "./navigation";
import { PhoneBar, PhoneHeader } from "./phone-navigation";
import { SideNavigation } from "./side-navigation";
import { undoLast } from "./undo";
import { useHeartbeat } from "./use-heartbeat";
import { useNavigationCommands } from "./use-navigation-commands";
import { useOwnShortcuts } from "./use-own-shortcuts";
import { useSequencePrefix, useShortcut } from "./use-shortcut";

const CommandBar = dynamic(() => fetchCode(() => import("./command-bar")).then((module) => module.CommandBar));
const ShortcutSheet = dynamic(() => fetchCode(() => import("./shortcut-sheet")).then((module) => module.ShortcutSheet));

export interface ShellMember {
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly permissions: readonly Permission[];
}

export interface ShellProps {
  readonly member: ShellMember;
  readonly workspaceName: string;
  /** How the navigation was left the last time; the server knows it, so nothing jumps. */
  readonly compact: boolean;
  /** The bell: a feature's, so it comes from outside. It is drawn twice, once for wide screens and once for phones. */
  readonly notices: ReactNode;
  readonly children: ReactNode;
}

const YEAR_S = 365 * 24 * 60 * 60;

/** The frame of every page of the workspace. Pages bring their own `<h1>` and scroll with the document, or fill `h-full` themselves. */
export function Shell({ member, workspaceName, compact: initiallyCompact, notices, children }: ShellProps) {
  const t = useTranslations("layout");
  const [compact, setCompact] = useState(initiallyCompact);
  const [commandsOpen, setCommandsOpen] = useState(false);
  const [shortcutsOpen, setShortcutsOpen] = useState(false);
  const entries = useMemo(() => NAVIGATION.filter((entry) => member.permissions.includes(entry.permission)), [member.permissions]);
  const toggleNavigation = useCallback(() => {
    setCompact((was) => {
      document.cookie = `${NAVIGATION_COOKIE}=${was ? "wide" : "compact"}; path=/; max-age=${YEAR_S}; samesite=lax`;
      return !was;
    });
  }, []);
  const showShortcuts = useCallback(() => setShortcutsOpen(true), []);
  const showCommands = useCallback(() => setCommandsOpen(true), []);
  useHeartbeat(member.permissions.includes("inbox.write"));
  useSequencePrefix();
  useOwnShortcuts();
  useShortcut("edit.undo", undoLast);
  useNavigationCommands(entries, member.permissions, { toggleNavigation, showShortcuts });
  useShortcut("command.open", () => setCommandsOpen((open) => !open), { insideDialog: true });
  return (
    <div className="flex min-h-dvh max-md:flex-col">
      <a href="#content" className="fixed top-2 left-2 z-50 -translate-y-16 rounded-md bg-accent px-3 py-2 font-medium text-accent-ink focus:translate-y-0">
        {t("skip")}
      </a>
      <SideNavigation
        entries={entries}
        member={member}
        workspaceName={workspaceName}
        compact={compact}
        notices={notices}
        onToggle={toggleNavigation}
        onCommands={showCommands}
        onShortcuts={showShortcuts}
      />
      <PhoneHeader member={member} workspaceName={workspaceName} notices={notices} onCommands={showCommands} onShortcuts={showShortcuts} />
      <main id="content" tabIndex={-1} className="min-w-0 flex-1 outline-hidden max-md:pb-[calc(3.5rem+env(safe-area-inset-bottom))]">
        {children}
      </main>
      <PhoneBar entries={entries} />
      {commandsOpen ? <CommandBar open onOpenChange={setCommandsOpen} /> : null}
      {shortcutsOpen ? <ShortcutSheet open onOpenChange={setShortcutsOpen} /> : null}
      <Announcer />
    </div>
  );
}
