"use client";

import { useTranslations } from "next-intl";
import { useEffect, useMemo, useRef } from "react";
import { type Command, useCommands } from "@/components/layout/commands";
import type { ShortcutId } from "@/components/layout/shortcuts";
import { useViewCommands } from "@/components/views";
import type { Deeds } from "./use-deeds";
import { useListState, usePlace } from "./use-list-state";
import type { Selection } from "./use-selection";
import { OFFERED_VIEWS } from "./view-list";

export interface InboxCommandsInput {
  readonly mayWrite: boolean;
  /** Something is open or ticked. */
  readonly hasTarget: boolean;
  readonly selection: Selection;
  readonly deeds: Deeds;
}

/** The command bar gives the focus back first; a picker opened before would close again. */
const AFTER_BAR_MS = 80;
const press = (name: string) => window.setTimeout(() => document.querySelector<HTMLElement>(`[data-shortcut="${name}"]`)?.click(), AFTER_BAR_MS);
const focus = (name: string) => window.setTimeout(() => document.querySelector<HTMLElement>(`[data-shortcut="${name}"]`)?.focus(), AFTER_BAR_MS);

/** Everything the inbox can do, by name. */
export function useInboxCommands({ mayWrite, hasTarget, selection, deeds }: InboxCommandsInput) {
  const t = useTranslations("inbox-list");
  const keyed = useTranslations("layout.shortcuts");
  const place = usePlace();
  const { openView } = useListState();
  const latest = useRef({ deeds, selection });
  useEffect(() => {
    latest.current = { deeds, selection };
  });

  const commands = useMemo<readonly Command[]>(() => {
    const actions = t("commands.actions");
    const of = (name: string) => (latest.current.selection.ids.size > 0 ? `bulk-${name}` : name);
    const action = (id: ShortcutId, label: string, run: () => void): Command => ({ id, label, group: actions, shortcut: id, run });
    const writing: Command[] = [
      action("inbox.reply", keyed("reply"), () => focus("reply")),
      action("inbox.note", keyed("note"), () => press("note")),
      action("inbox.assign", keyed("assign"), () => press(of("assign"))),
      action("inbox.assignToMe", keyed("assignToMe"), () => latest.current.deeds.assignToMe()),
      action("inbox.label", keyed("label"), () => press(of("label"))),
      action("inbox.priority", keyed("priority"), () => press(of("priority"))),
      action("inbox.snooze", keyed("snooze"), () => press(of("snooze"))),
      action("inbox.resolve", keyed("resolve"), () => latest.current.deeds.run({ kind: "status", status: "resolved" })),
      action("inbox.resolveNext", keyed("resolveNext"), () => press("resolveNext")),
    ];
    const reading: Command[] = [
      action("inbox.unread", keyed("unread"), () => latest.current.deeds.toggleUnread()),
      { id: "inbox.selectAll", label: t("bulk.allLoaded"), group: actions, run: () => latest.current.selection.chooseAll() },
      action("list.search", keyed("search"), () => focus("search")),
    ];
    const toView = OFFERED_VIEWS[place].map((view) => ({
      id: `view.${view}`,
      label: t(`views.${view}`),
      group: t("commands.views"),
      run: () => openView(view),
    }));
    return [...(mayWrite && hasTarget ? writing : []), ...(hasTarget ? reading : reading.slice(1)), ...toView];
  }, [t, keyed, place, mayWrite, hasTarget, openView]);
  useCommands("inbox", commands);
  useViewCommands();
}
