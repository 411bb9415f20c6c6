"use client";

import { ArrowDown, ArrowUp, Bookmark, Ellipsis, House, PencilLine, Trash2, Users } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useMay } from "@/components/layout/use-may";
import { IconButton } from "@/components/ui/icon-button";
import { fetchCode } from "@/components/ui/late/fetch-code";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import type { SavedView } from "@/server/views/schema";
import { usePageViews } from "./page-views";
import { useViewChanges } from "./use-view-changes";
import { ViewEntry } from "./view-entry";

const SaveViewDialog = dynamic(() => fetchCode(() => import("./save-view-dialog")).then((module) => module.SaveViewDialog));

/** Saved views, each with what can be done to it; shared ones are changed only by those who may share. */
export function SavedViewEntries({ onChosen }: { readonly onChosen?: (() => void) | undefined }) {
  const { views, saved, open } = usePageViews();
  const mayShare = useMay("views.share");
  const [renamed, setRenamed] = useState<SavedView | null>(null);
  return (
    <>
      {views.map((view) => (
        <ViewEntry
          key={view.id}
          icon={view.isShared ? <Users /> : <Bookmark />}
          active={saved?.id === view.id}
          onPress={() => {
            open(view);
            onChosen?.();
          }}
          mark={view.isDefault ? <DefaultMark /> : undefined}
          action={<ViewMenu view={view} mayChange={!view.isShared || mayShare} onRename={() => setRenamed(view)} />}
        >
          {view.name}
        </ViewEntry>
      ))}
      {renamed === null ? null : <SaveViewDialog view={renamed} onClose={() => setRenamed(null)} />}
    </>
  );
}

/** The page opens with this one. */
function DefaultMark() {
  const t = useTranslations("views");
  return <House role="img" aria-label={t("default")} className="!size-3 text-ink-faint" />;
}

interface ViewMenuProps {
  readonly view: SavedView;
  readonly mayChange: boolean;
  readonly onRename: () => void;
}

function ViewMenu({ view, mayChange, onRename }: ViewMenuProps) {
  const t = useTranslations("views");
  const { setDefault } = useViewChanges();
  return (
    <Menu align="end" trigger={<IconButton size="sm" label={t("actions", { name: view.name })} icon={<Ellipsis />} />}>
      <MenuItem icon={<House />} onSelect={() => void setDefault(view, !view.isDefault)}>
        {view.isDefault ? t("unsetDefault") : t("setDefault")}
      </MenuItem>
      {mayChange ? <ChangeItems view={view} onRename={onRename} /> : null}
    </Menu>
  );
}

function ChangeItems({ view, onRename }: Pick<ViewMenuProps, "view" | "onRename">) {
  const t = useTranslations("views");
  const { views } = usePageViews();
  const { remove, moveTo } = useViewChanges();
  const peers = views.filter(({ isShared }) => isShared === view.isShared);
  const at = peers.findIndex(({ id }) => id === view.id);
  return (
    <>
      <MenuItem icon={<PencilLine />} onSelect={onRename}>
        {t("edit")}
      </MenuItem>
      <MenuItem icon={<ArrowUp />} disabled={at <= 0} onSelect={() => void moveTo(peers, at, at - 1)}>
        {t("up")}
      </MenuItem>
      <MenuItem icon={<ArrowDown />} disabled={at === peers.length - 1} onSelect={() => void moveTo(peers, at, at + 1)}>
        {t("down")}
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<Trash2 />} tone="danger" onSelect={() => void remove(view)}>
        {t("remove")}
      </MenuItem>
    </>
  );
}
