"use client";

import { Clock } from "lucide-react";
import { useFormatter, useNow, useTranslations } from "next-intl";
import { cn } from "@/components/ui/class-names";
import { DateTime } from "@/components/ui/date-time";
import { type OrderSummary, SOON_MS, STATES_TO_SHIP } from "@/server/orders/schema";

type Shipped = Pick<OrderSummary, "state" | "shipBy" | "fulfilment">;

/** Ours to hand over, and still here. */
export function isToShip({ state, shipBy, fulfilment }: Shipped): boolean {
  return shipBy !== null && fulfilment !== "fbo" && STATES_TO_SHIP.some((entry) => entry === state);
}

/** Until when it has to be handed over: late, soon, or just the day. Nothing once it has left. */
export function ShipBy({ order, className }: { readonly order: Shipped; readonly className?: string | undefined }) {
  const t = useTranslations("orders.shipBy");
  const format = useFormatter();
  const now = useNow({ updateInterval: 60_000 });
  const { shipBy } = order;
  if (shipBy === null || !isToShip(order)) return null;
  const left = shipBy.getTime() - now.getTime();
  if (left >= SOON_MS)
    return (
      <span className={cn("tabular text-sm text-ink-muted", className)}>
        <DateTime value={shipBy} parts="date" />
      </span>
    );
  const time = format.relativeTime(shipBy, { now, style: "narrow" });
  return (
    <span className={cn("tabular inline-flex items-center gap-1 text-sm font-medium", left < 0 ? "text-failed-text" : "text-attention-text", className)}>
      <Clock className="size-3.5 shrink-0" aria-hidden="true" />
      <span className="truncate" suppressHydrationWarning>
        {left < 0 ? t("late", { time }) : t("soon", { time })}
      </span>
    </span>
  );
}
