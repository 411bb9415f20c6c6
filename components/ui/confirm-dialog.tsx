"use client";

import { useTranslations } from "next-intl";
import type { ReactElement, ReactNode } from "react";
import { Button } from "./button";
import { Dialog } from "./dialog";

export interface ConfirmDialogProps {
  readonly open?: boolean | undefined;
  readonly onOpenChange?: ((open: boolean) => void) | undefined;
  readonly trigger?: ReactElement | undefined;
  /** The question with its object: "End the session on Chrome, Kazan?" */
  readonly title: ReactNode;
  /** What happens, and that it cannot be taken back. */
  readonly description: ReactNode;
  /** The verb of the action, never "OK". */
  readonly confirmLabel: string;
  readonly pending?: boolean | undefined;
  readonly onConfirm: () => void;
}

/** Only for what cannot be undone. Everything else happens at once and offers undo in a toast. */
export function ConfirmDialog({ open, onOpenChange, trigger, title, description, confirmLabel, pending, onConfirm }: ConfirmDialogProps) {
  const t = useTranslations("common");
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      trigger={trigger}
      title={title}
      description={description}
      footer={
        <>
          {onOpenChange === undefined ? null : <Button onClick={() => onOpenChange(false)}>{t("cancel")}</Button>}
          <Button variant="danger-solid" pending={pending} onClick={onConfirm}>
            {confirmLabel}
          </Button>
        </>
      }
    />
  );
}
