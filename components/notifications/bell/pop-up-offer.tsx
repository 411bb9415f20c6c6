"use client";

import { BellRing } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { askForPopUps, usePopUpPermission } from "../live/pop-up";

/** Offered where notices are read, and only until it has been decided. */
export function PopUpOffer() {
  const t = useTranslations("notices.bell");
  if (usePopUpPermission() !== "default") return null;
  return (
    <div className="flex items-center gap-3 border-t bg-sunken px-4 py-2.5">
      <BellRing className="size-4 shrink-0 text-ink-muted" aria-hidden="true" />
      <p className="min-w-0 flex-1 text-sm text-pretty text-ink-muted">{t("offer")}</p>
      <Button size="sm" onClick={() => void askForPopUps()}>
        {t("turnOn")}
      </Button>
    </div>
  );
}
