"use client";

import { Popover as BasePopover } from "@base-ui/react/popover";
import type { ReactElement, ReactNode } from "react";
import { cn } from "./class-names";

export interface PopoverProps {
  /** The element that opens it; focus returns there. */
  readonly trigger: ReactElement;
  readonly open?: boolean | undefined;
  readonly onOpenChange?: ((open: boolean) => void) | undefined;
  readonly side?: "top" | "right" | "bottom" | "left" | undefined;
  readonly align?: "start" | "center" | "end" | undefined;
  /** Name for screen readers, where no visible title says it. */
  readonly label: string;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** A small surface beside what it belongs to: pickers and explanations. A choice of commands is a Menu. */
export function Popover({ trigger, open, onOpenChange, side = "bottom", align = "start", label, className, children }: PopoverProps) {
  const control = { ...(open === undefined ? {} : { open }), ...(onOpenChange === undefined ? {} : { onOpenChange: (next: boolean) => onOpenChange(next) }) };
  return (
    <BasePopover.Root {...control}>
      <BasePopover.Trigger render={trigger} />
      <BasePopover.Portal>
        <BasePopover.Positioner side={side} align={align} sideOffset={6} collisionPadding={8} className="z-50 outline-hidden">
          <BasePopover.Popup
            aria-label={label}
            className={cn(
              "flex max-h-(--available-height) max-w-(--available-width) flex-col overflow-y-auto rounded-lg border bg-raised shadow-raised outline-hidden",
              "transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0",
              className,
            )}
          >
            {children}
          </BasePopover.Popup>
        </BasePopover.Positioner>
      </BasePopover.Portal>
    </BasePopover.Root>
  );
}
