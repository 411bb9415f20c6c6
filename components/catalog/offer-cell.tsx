"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { cn } from "@/components/ui/class-names";
import { Popover } from "@/components/ui/popover";
import type { OfferView } from "@/server/catalog/schema";
import { TONES } from "./offer-state";
import { PushHistory } from "./push-history";

const looks = {
  neutral: "text-ink-muted",
  accent: "bg-accent-soft text-accent-text",
  ok: "text-ink",
  attention: "bg-attention-soft text-attention-text",
  overdue: "bg-overdue-soft text-overdue-text",
  failed: "bg-failed-soft text-failed-text",
} as const;

export interface OfferCellProps {
  readonly offer: OfferView;
  readonly shop: string;
  readonly mayWrite: boolean;
}

/** Wanted and acknowledged side by side; a difference has the colour of its reason. Pressing it shows the requests that carried it. */
export function OfferCell({ offer, shop, mayWrite }: OfferCellProps) {
  const t = useTranslations("catalog.offer");
  const format = useFormatter();
  const [open, setOpen] = useState(false);
  const { stock } = offer;
  const shown = (count: number | null) => (count === null ? "–" : format.number(count));
  const isOff = stock.state === "off" || stock.state === "uncounted";
  const label = isOff
    ? t("cellOff", { shop, shown: shown(stock.shown), state: t(`states.${stock.state}`) })
    : t("cell", { shop, wanted: shown(stock.wanted), acknowledged: shown(stock.acknowledged), state: t(`states.${stock.state}`) });
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      align="end"
      label={label}
      className="w-[min(24rem,calc(100vw-2rem))]"
      trigger={
        <button
          type="button"
          aria-label={label}
          className={cn(
            "focus-inset tabular inline-flex h-7 min-w-16 items-center justify-end gap-1.5 rounded-md px-2 whitespace-nowrap hover:ring-1 hover:ring-line-strong hover:ring-inset coarse:h-9",
            looks[TONES[stock.state]],
          )}
        >
          {isOff ? (
            <span>{shown(stock.shown)}</span>
          ) : (
            <>
              <span className="font-medium">{shown(stock.wanted)}</span>
              <span aria-hidden="true" className="opacity-60">
                |
              </span>
              <span>{shown(stock.acknowledged)}</span>
            </>
          )}
        </button>
      }
    >
      {open ? <PushHistory offer={offer} kind="stock" shop={shop} mayWrite={mayWrite} /> : null}
    </Popover>
  );
}
