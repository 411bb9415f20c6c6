"use client";

import { Dialog as BaseDialog } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactElement, ReactNode } from "react";
import { cn } from "./class-names";

const widths = { sm: "max-w-md", md: "max-w-lg", lg: "max-w-2xl" } as const;

export interface DialogProps {
  readonly open?: boolean | undefined;
  readonly onOpenChange?: ((open: boolean) => void) | undefined;
  /** The element that opens it; focus returns there. Leave out when `open` is controlled. */
  readonly trigger?: ReactElement | undefined;
  readonly title: ReactNode;
  readonly description?: ReactNode;
  /** Buttons, in reading order; the main one last. */
  readonly footer?: ReactNode;
  readonly width?: keyof typeof widths | undefined;
  readonly children?: ReactNode;
}

export function Dialog({ open, onOpenChange, trigger, title, description, footer, width = "sm", children }: DialogProps) {
  const t = useTranslations("common");
  const control = { ...(open === undefined ? {} : { open }), ...(onOpenChange === undefined ? {} : { onOpenChange: (next: boolean) => onOpenChange(next) }) };
  return (
    <BaseDialog.Root {...control}>
      {trigger === undefined ? null : <BaseDialog.Trigger render={trigger} />}
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className="fixed inset-0 z-40 bg-shade transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <BaseDialog.Viewport className="fixed inset-0 z-40 grid place-items-end sm:place-items-center sm:p-6">
          <BaseDialog.Popup
            className={cn(
              "flex max-h-[92dvh] w-full flex-col overflow-hidden rounded-t-xl bg-raised shadow-overlay outline-hidden sm:max-h-[85dvh] sm:rounded-xl",
              "transition-[opacity,translate] duration-150 ease-out data-ending-style:translate-y-2 data-ending-style:opacity-0 data-starting-style:translate-y-2 data-starting-style:opacity-0",
              widths[width],
              "max-sm:max-w-none",
            )}
          >
            <header className="flex items-start justify-between gap-4 px-5 pt-4 pb-3">
              <div className="min-w-0">
                <BaseDialog.Title className="text-lg font-semibold">{title}</BaseDialog.Title>
                {description === undefined ? null : <BaseDialog.Description className="mt-1 text-base text-ink-muted">{description}</BaseDialog.Description>}
              </div>
              <BaseDialog.Close
                aria-label={t("close")}
                className="-mt-0.5 -mr-1.5 flex size-7 shrink-0 items-center justify-center rounded-md text-ink-muted hover:bg-hover hover:text-ink coarse:size-10"
              >
                <X className="size-4" />
              </BaseDialog.Close>
            </header>
            {children === undefined ? null : <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-5">{children}</div>}
            {footer === undefined ? null : <footer className="flex flex-wrap items-center justify-end gap-2 border-t bg-sunken px-5 py-3">{footer}</footer>}
          </BaseDialog.Popup>
        </BaseDialog.Viewport>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}
