"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";

const SHORTEST = 5;
const LONGEST = 500;

export interface OverrideDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly onConfirm: (reason: string) => void;
}

/** Letting a message pass the guard is a person's decision, with a reason that stays in the audit log. */
export function OverrideDialog({ open, onOpenChange, onConfirm }: OverrideDialogProps) {
  const t = useTranslations("thread.guard");
  const common = useTranslations("common");
  const [reason, setReason] = useState("");
  const isReady = reason.trim().length >= SHORTEST;
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t("overrideTitle")}
      description={t("overrideDescription")}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{common("cancel")}</Button>
          <Button variant="danger-solid" disabled={!isReady} onClick={() => onConfirm(reason.trim())}>
            {t("overrideConfirm")}
          </Button>
        </>
      }
    >
      <Field label={t("reason")} help={t("reasonHelp")}>
        <Textarea value={reason} maxLength={LONGEST} onChange={(event) => setReason(event.currentTarget.value)} />
      </Field>
    </Dialog>
  );
}
