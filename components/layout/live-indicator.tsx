"use client";

import { useTranslations } from "next-intl";
import { cn } from "../ui/class-names";
import { Tooltip } from "../ui/tooltip";
import { type LiveState, useSignals } from "./signals";

const looks: Readonly<Record<LiveState, string>> = { live: "bg-ok", "catching-up": "bg-attention animate-shimmer", offline: "bg-failed" };
const textKeys = { live: "live", "catching-up": "catchingUp", offline: "offline" } as const;

/** How fresh the screen is. Quiet while all is well; in words as soon as it is not. */
export function LiveIndicator({ compact = false }: { readonly compact?: boolean | undefined }) {
  const t = useTranslations("layout.liveState");
  const { live } = useSignals();
  const key = textKeys[live];
  return (
    <Tooltip content={t(`${key}Hint`)} side="right">
      <span role="status" className={cn("inline-flex h-7 items-center gap-2 rounded-md px-2 text-xs text-ink-muted", compact && "w-8 justify-center px-0")}>
        <span aria-hidden="true" className={cn("size-2 shrink-0 rounded-full", looks[live])} />
        <span className={cn(compact && "sr-only")}>{t(key)}</span>
      </span>
    </Tooltip>
  );
}
