"use client";

import { Tooltip as BaseTooltip } from "@base-ui/react/tooltip";
import { Kbd } from "../kbd";
import type { Tip } from "./tip";

export function TipSurface({ tip: { anchor, content, keys, side }, onClose }: { readonly tip: Tip; readonly onClose: () => void }) {
  return (
    <BaseTooltip.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <BaseTooltip.Portal>
        <BaseTooltip.Positioner anchor={anchor} side={side} sideOffset={6} className="pointer-events-none z-50">
          <BaseTooltip.Popup className="flex max-w-72 items-center gap-2 rounded-md bg-ink px-2 py-1 text-xs text-canvas shadow-raised transition-opacity duration-100 data-starting-style:opacity-0">
            <span>{content}</span>
            {keys === undefined || keys.length === 0 ? null : <Kbd keys={keys} tone="inverse" />}
          </BaseTooltip.Popup>
        </BaseTooltip.Positioner>
      </BaseTooltip.Portal>
    </BaseTooltip.Root>
  );
}
