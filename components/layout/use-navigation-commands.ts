"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import type { Permission } from "@/server/access/schema";
import { type Command, GENERAL, useCommands } from "./commands";
import type { NavigationEntry } from "./navigation";
import { useShortcut } from "./use-shortcut";

interface Actions {
  readonly toggleNavigation: () => void;
  readonly showShortcuts: () => void;
}

/** "Go to …" by keyboard and in the command bar, for the places this member may enter. */
export function useNavigationCommands(
  entries: readonly NavigationEntry[],
  permissions: readonly Permission[],
  { toggleNavigation, showShortcuts }: Actions,
): void {
  const router = useRouter();
  const t = useTranslations("layout");
  const canSeeJobs = permissions.includes("jobs.read");
  const open = (id: NavigationEntry["id"]) => {
    const entry = entries.find((candidate) => candidate.id === id);
    if (entry !== undefined) router.push(entry.href);
  };
  useShortcut("go.home", () => open("home"));
  useShortcut("go.inbox", () => open("inbox"));
  useShortcut("go.orders", () => open("orders"));
  useShortcut("go.reviews", () => open("reviews"));
  useShortcut("go.automations", () => open("automations"));
  useShortcut("go.sales", () => open("sales"));
  useShortcut("go.catalog", () => open("catalog"));
  useShortcut("go.integrations", () => open("integrations"));
  useShortcut("go.settings", () => open("settings"));
  // Who may not see jobs finds the runs of their shops with the connections.
  useShortcut("go.jobs", () => (canSeeJobs ? router.push("/settings/jobs") : open("integrations")));
  useShortcut("navigation.toggle", toggleNavigation);
  useShortcut("help.open", showShortcuts);

  const commands = useMemo<readonly Command[]>(() => {
    const go = t("commandBar.groups.go");
    const places = entries.map((entry) => ({
      id: entry.shortcut,
      label: t(`navigation.${entry.id}`),
      group: go,
      shortcut: entry.shortcut,
      run: () => router.push(entry.href),
    }));
    const jobs: Command = { id: "go.jobs", label: t("navigation.jobs"), group: go, shortcut: "go.jobs", run: () => router.push("/settings/jobs") };
    const view = t("commandBar.groups.view");
    return [
      ...places,
      ...(canSeeJobs ? [jobs] : []),
      { id: "navigation.toggle", label: t("shortcuts.toggleNavigation"), group: view, shortcut: "navigation.toggle", run: toggleNavigation },
      { id: "help.open", label: t("shortcuts.help"), group: view, shortcut: "help.open", run: showShortcuts },
    ];
  }, [entries, canSeeJobs, router, t, toggleNavigation, showShortcuts]);
  useCommands(GENERAL, commands);
}
