"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { type Command, useCommands } from "@/components/layout/commands";
import { usePageViews } from "./page-views";

/** Every saved view of the page by its name in the command bar. */
export function useViewCommands(): void {
  const t = useTranslations("views");
  const { views, open } = usePageViews();
  const commands = useMemo<readonly Command[]>(
    () => views.map((view) => ({ id: `saved.${view.id}`, label: view.name, group: t("title"), run: () => open(view) })),
    [views, open, t],
  );
  useCommands("views", commands);
}
