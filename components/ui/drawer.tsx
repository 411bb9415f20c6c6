"use client";

import { Drawer as BaseDrawer } from "@base-ui/react/drawer";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactElement, ReactNode } from "react";
import { cn } from "./class-names";

export interface DrawerProps {
  readonly open?: boolean | undefined;
  readonly onOpenChange?: ((open: boolean) => void) | undefined;
  readonly trigger?: ReactElement | undefined;
  /** `right` for details beside the work, `bottom` for choices on a phone. Swiping towards the edge closes it. */
  readonly side?: "right" | "bottom" | undefined;
  readonly title: ReactNode;
  readonly description?: ReactNode;
  readonly footer?: ReactNode;
  readonly width?: "md" | "lg" | undefined;
  readonly children: ReactNode;
}

const motion = {
  right:
    "[transform:translateX(var(--drawer-swipe-movement-x))] data-ending-style:[transform:translateX(100%)] data-starting-style:[transform:translateX(100%)]",
  bottom:
    "[transform:translateY(var(--drawer-swipe-movement-y))] data-ending-style:[transform:translateY(100%)] data-starting-style:[transform:translateY(100%)]",
} as const;

const shapes = {
  right: "h-full border-l sm:rounded-l-xl",
  bottom: "max-h-[88dvh] w-full rounded-t-xl border-t pb-[env(safe-area-inset-bottom)]",
} as const;

export function Drawer({ open, onOpenChange, trigger, side = "right", title, description, footer, width = "md", children }: DrawerProps) {
  const t = useTranslations("common");
  const control = { ...(open === undefined ? {} : { open }), ...(onOpenChange === undefined ? {} : { onOpenChange: (next: boolean) => onOpenChange(next) }) };
  return (
    <BaseDrawer.Root {...control} swipeDirection={side === "right" ? "right" : "down"}>
      {trigger === undefined ? null : <BaseDrawer.Trigger render={trigger} />}
      <BaseDrawer.Portal>
        <BaseDrawer.Backdrop className="fixed inset-0 z-40 bg-shade opacity-[calc(1-var(--drawer-swipe-progress))] transition-opacity duration-200 data-ending-style:opacity-0 data-starting-style:opacity-0 data-swiping:duration-0" />
        <BaseDrawer.Viewport className={cn("fixed inset-0 z-40 flex", side === "right" ? "items-stretch justify-end" : "items-end")}>
          <BaseDrawer.Popup
            className={cn(
              "flex flex-col bg-raised shadow-overlay outline-hidden transition-transform duration-200 ease-out data-swiping:duration-0 data-swiping:select-none",
              motion[side],
              shapes[side],
              side === "right" && (width === "lg" ? "w-[min(44rem,100vw)]" : "w-[min(27rem,100vw)]"),
            )}
          >
            <BaseDrawer.Content className="flex min-h-0 flex-1 flex-col">
              {side === "bottom" ? <span aria-hidden="true" className="mx-auto mt-2 h-1 w-9 shrink-0 rounded-full bg-line-strong" /> : null}
              <header className="flex items-start justify-between gap-4 border-b px-5 py-3.5">
                <div className="min-w-0">
                  <BaseDrawer.Title className="text-lg font-semibold">{title}</BaseDrawer.Title>
                  {description === undefined ? null : <BaseDrawer.Description className="text-sm text-ink-muted">{description}</BaseDrawer.Description>}
                </div>
                <BaseDrawer.Close
                  aria-label={t("close")}
                  className="-mr-1.5 flex size-7 shrink-0 items-center justify-center rounded-md text-ink-muted hover:bg-hover hover:text-ink coarse:size-10"
                >
                  <X className="size-4" />
                </BaseDrawer.Close>
              </header>
              <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-5 py-4">{children}</div>
              {footer === undefined ? null : <footer className="flex flex-wrap items-center justify-end gap-2 border-t bg-sunken px-5 py-3">{footer}</footer>}
            </BaseDrawer.Content>
          </BaseDrawer.Popup>
        </BaseDrawer.Viewport>
      </BaseDrawer.Portal>
    </BaseDrawer.Root>
  );
}
