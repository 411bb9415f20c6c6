"use client";

import { PanelLeft } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { fetchCode } from "@/components/ui/late/fetch-code";

const ViewDrawer = dynamic(() => fetchCode(() => import("./view-drawer")).then((module) => module.ViewDrawer));

/** The whole left pane as a sheet, where it has no room of its own. */
export function ViewSheet() {
  const t = useTranslations("inbox-list");
  const [open, setOpen] = useState(false);
  return (
    <>
      <IconButton size="sm" label={t("pane")} icon={<PanelLeft />} className="-ml-1.5 xl:hidden" onClick={() => setOpen(true)} />
      {open ? <ViewDrawer onClose={() => setOpen(false)} /> : null}
    </>
  );
}
