"use client";

import { Tooltip as BaseTooltip } from "@base-ui/react/tooltip";
import type { ReactElement, ReactNode } from "react";
import { Kbd } from "./kbd";

export interface TooltipProps {
  readonly content: ReactNode;
  /** Shortcut shown after the text. */
  readonly keys?: readonly string[] | undefined;
  readonly side?: "top" | "right" | "bottom" | "left" | undefined;
  /** The element that is explained; it must take a ref and spread props. */
  readonly children: ReactElement;
}

/** A hint for people who see and point. It never holds the only copy of a text: name the element itself too. */
export function Tooltip({ content, keys, side = "top", children }: TooltipProps) {
  return (
    <BaseTooltip.Root>
      <BaseTooltip.Trigger render={children} />
      <BaseTooltip.Portal>
        <BaseTooltip.Positioner side={side} sideOffset={6} className="z-50">
          <BaseTooltip.Popup className="flex max-w-72 items-center gap-2 rounded-md bg-ink px-2 py-1 text-xs text-canvas shadow-raised transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0">
            <span>{content}</span>
            {keys === undefined || keys.length === 0 ? null : <Kbd keys={keys} tone="inverse" />}
          </BaseTooltip.Popup>
        </BaseTooltip.Positioner>
      </BaseTooltip.Portal>
    </BaseTooltip.Root>
  );
}
