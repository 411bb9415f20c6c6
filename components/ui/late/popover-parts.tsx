"use client";

import { Popover as BasePopover } from "@base-ui/react/popover";
import type { ReactNode } from "react";
import { cn } from "../class-names";
import { type Beside, closesUnlessOn } from "./beside";

export interface PopoverSurfaceProps extends Beside {
  readonly label: string;
  readonly children: ReactNode;
}

export function PopoverSurface({ open, onOpenChange, anchor, side, align, label, className, children }: PopoverSurfaceProps) {
  return (
    <BasePopover.Root open={open} onOpenChange={closesUnlessOn(anchor, onOpenChange)}>
      <BasePopover.Portal>
        <BasePopover.Positioner anchor={anchor} side={side} align={align} sideOffset={6} collisionPadding={8} className="z-50 outline-hidden">
          <BasePopover.Popup
            aria-label={label}
            finalFocus={anchor}
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
