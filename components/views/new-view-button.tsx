"use client";

import { Plus } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { fetchCode } from "@/components/ui/late/fetch-code";

const SaveViewDialog = dynamic(() => fetchCode(() => import("./save-view-dialog")).then((module) => module.SaveViewDialog));

/** Keeps what is shown as a new view, beside the heading of a list of views. */
export function NewViewButton() {
  const t = useTranslations("views");
  const [open, setOpen] = useState(false);
  return (
    <>
      <IconButton size="sm" label={t("save")} icon={<Plus />} onClick={() => setOpen(true)} />
      {open ? <SaveViewDialog onClose={() => setOpen(false)} /> : null}
    </>
  );
}
