"use client";

import { useTranslations } from "next-intl";
import { Dialog } from "@/components/ui/dialog";
import { MomentPicker } from "../thread/moment-picker";

export interface LaterDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly onPick: (at: Date) => void;
}

/** When a message should go. It waits in the thread until then, and stops by itself when the buyer writes first. */
export function LaterDialog({ open, onOpenChange, onPick }: LaterDialogProps) {
  const t = useTranslations("thread.later");
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t("title")} description={t("description")}>
      <div className="-mx-2">
        <MomentPicker onPick={onPick} confirm={t("confirm")} />
      </div>
    </Dialog>
  );
}
