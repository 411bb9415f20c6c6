"use client";

import { Bookmark, ChevronDown, Layers } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Popover } from "@/components/ui/popover";
import { usePageViews } from "./page-views";
import { SaveView } from "./save-view";
import { SavedViewEntries } from "./saved-view-entries";
import { useViewCommands } from "./use-view-commands";
import { ViewEntry } from "./view-entry";

/** Saved views of a page without a left pane: which one is open, the others behind it, and what keeps the filters in force. */
export function ViewBar({ plain }: { readonly plain: string }) {
  useViewCommands();
  const t = useTranslations("views");
  const { views, saved, hasFilters, leave } = usePageViews();
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <div className="flex min-w-0 items-center gap-1">
      <Popover
        open={open}
        onOpenChange={setOpen}
        label={t("title")}
        className="w-72 p-1.5"
        trigger={
          <Button size="sm" variant="ghost" icon={<Bookmark />} className="max-w-56 min-w-0">
            <span className="truncate">{saved?.name ?? t("title")}</span>
            <ChevronDown className="size-3.5 shrink-0 text-ink-faint" aria-hidden="true" />
          </Button>
        }
      >
        <ViewEntry
          icon={<Layers />}
          active={saved === undefined && !hasFilters}
          onPress={() => {
            leave();
            close();
          }}
        >
          {plain}
        </ViewEntry>
        <SavedViewEntries onChosen={close} />
        {views.length === 0 ? <p className="px-2 py-2 text-sm text-ink-muted">{t("none")}</p> : null}
      </Popover>
      <SaveView />
    </div>
  );
}
