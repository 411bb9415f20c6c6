"use client";

import { useTranslations } from "next-intl";
import { Drawer } from "@/components/ui/drawer";
import { ViewList } from "./view-list";

export function ViewDrawer({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations("inbox-list");
  return (
    <Drawer open onOpenChange={(open) => (open ? undefined : onClose())} side="bottom" title={t("pane")}>
      <ViewList className="-mx-3 p-0" onChosen={onClose} />
    </Drawer>
  );
}
