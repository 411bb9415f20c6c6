"use client";

import { type ReactElement, type ReactNode, useRef, useState } from "react";
import { lateParts, useLateParts } from "./late/parts";
import type * as PopoverParts from "./late/popover-parts";
import { Trigger } from "./late/trigger";

export const popoverParts = lateParts<typeof PopoverParts>(() => import("./late/popover-parts"));

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
export function Popover({ trigger, open: given, onOpenChange, side = "bottom", align = "start", label, className, children }: PopoverProps) {
  const [ownOpen, setOwnOpen] = useState(false);
  const open = given ?? ownOpen;
  const [wasOpen, setWasOpen] = useState(false);
  const anchor = useRef<HTMLElement>(null);
  if (open && !wasOpen) {
    setWasOpen(true);
    popoverParts.load();
  }
  const parts = useLateParts(popoverParts, wasOpen);
  const change = (next: boolean) => {
    setOwnOpen(next);
    onOpenChange?.(next);
  };
  return (
    <>
      <Trigger element={trigger} anchor={anchor} opens="dialog" open={open} onNear={popoverParts.load} onChange={change} />
      {parts === undefined ? null : (
        <parts.PopoverSurface open={open} onOpenChange={change} anchor={anchor} side={side} align={align} label={label} className={className}>
          {children}
        </parts.PopoverSurface>
      )}
    </>
  );
}
