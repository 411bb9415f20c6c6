"use client";

import { Check, PackageX, StickyNote } from "lucide-react";
import { useTranslations } from "next-intl";
import { type MouseEvent, memo } from "react";
import { ChannelMark } from "@/components/ui/channel-mark";
import { cn } from "@/components/ui/class-names";
import { RelativeTime } from "@/components/ui/date-time";
import { Money } from "@/components/ui/money";
import type { OrderSummary } from "@/server/orders/schema";
import { StateName, Wanted } from "../parts/order-state";
import { isToShip, ShipBy } from "../parts/ship-by";

export const ROW_HEIGHT = 60;

/** The columns of a wide list; a narrow one shows two lines of the same cells. */
export const COLUMNS = "@3xl:grid-cols-[1.25rem_minmax(9rem,1.2fr)_minmax(8rem,1fr)_minmax(10rem,2fr)_minmax(8rem,1.2fr)_7.5rem_6.5rem]";

export interface OrderRowProps {
  readonly order: OrderSummary;
  readonly open: boolean;
  readonly checked: boolean;
  /** Something is ticked somewhere: every row shows its box. */
  readonly ticking: boolean;
  readonly tabbable: boolean;
  readonly onPress: (id: string, how: "open" | "toggle" | "extend") => void;
}

/** How a press is meant: on the box, with Ctrl or ⌘ it ticks; with Shift it ticks up to here. */
function meantBy(event: MouseEvent): "open" | "toggle" | "extend" {
  const onBox = event.target instanceof Element && event.target.closest("[data-tick]") !== null;
  if (event.shiftKey) return "extend";
  return onBox || event.ctrlKey || event.metaKey ? "toggle" : "open";
}

export const OrderRow = memo(function OrderRow({ order, open, checked, ticking, tabbable, onPress }: OrderRowProps) {
  return (
    <button
      type="button"
      role="option"
      aria-selected={checked || open}
      data-order={order.id}
      tabIndex={tabbable ? 0 : -1}
      onClick={(event) => onPress(order.id, meantBy(event))}
      style={{ height: ROW_HEIGHT }}
      className={cn(
        "group focus-inset grid w-full grid-cols-[1.25rem_1fr_auto] grid-rows-2 content-center items-center gap-x-3 border-b px-3 text-left hover:bg-hover @3xl:grid-rows-1",
        COLUMNS,
        (open || checked) && "bg-selected",
      )}
    >
      <Tick system={order.connectorId} checked={checked} ticking={ticking} />
      <Names order={order} />
      <State order={order} />
      <Goods order={order} />
      <Buyer order={order} />
      <Deadline order={order} />
      <span className="row-start-2 hidden flex-col items-end @3xl:row-start-auto @3xl:flex">
        <Money value={{ minor: order.totalMinor, currency: order.currency }} className="text-base font-medium" />
        <RelativeTime value={order.placedAt} className="tabular text-xs text-ink-faint" />
      </span>
    </button>
  );
});

function Tick({ system, checked, ticking }: { readonly system: string; readonly checked: boolean; readonly ticking: boolean }) {
  return (
    <span data-tick className="relative row-span-2 flex size-5 items-center justify-center @3xl:row-span-1">
      <ChannelMark
        system={system}
        label={system}
        className={cn("group-hover:opacity-0 coarse:group-hover:opacity-100", (ticking || checked) && "opacity-0 coarse:group-hover:opacity-0")}
      />
      <span
        aria-hidden="true"
        className={cn(
          "absolute inset-0.5 flex items-center justify-center rounded-sm border border-control bg-surface text-accent-ink opacity-0 group-hover:opacity-100 coarse:group-hover:opacity-0",
          (ticking || checked) && "opacity-100 coarse:group-hover:opacity-100",
          checked && "border-accent bg-accent",
        )}
      >
        {checked ? <Check className="size-3" strokeWidth={3} /> : null}
      </span>
    </span>
  );
}

function Names({ order }: { readonly order: OrderSummary }) {
  const t = useTranslations("orders");
  return (
    <span className="flex min-w-0 flex-col">
      <span className="flex min-w-0 items-center gap-1.5">
        <span className="tabular truncate text-base font-medium">{order.number}</span>
        {order.isShort ? <PackageX className="size-3.5 shrink-0 text-failed-text" aria-label={t("short")} /> : null}
        {order.hasNote ? <StickyNote className="size-3.5 shrink-0 text-attention-text" aria-label={t("hasNote")} /> : null}
      </span>
      <span className="hidden truncate text-xs text-ink-faint @3xl:block">
        {order.connectionName} · {t(`fulfilments.${order.fulfilment}`)}
      </span>
    </span>
  );
}

function State({ order }: { readonly order: OrderSummary }) {
  return (
    <span className="flex min-w-0 flex-col items-end @3xl:items-start">
      <StateName state={order.state} />
      {order.wanted === null ? (
        <span className="hidden max-w-full truncate text-xs text-ink-faint @3xl:block">{order.remoteStateName ?? order.remoteState}</span>
      ) : (
        <Wanted wanted={order.wanted} className="hidden max-w-full @3xl:inline-flex" />
      )}
    </span>
  );
}

function Goods({ order }: { readonly order: OrderSummary }) {
  const t = useTranslations("orders");
  return (
    <span className="col-start-2 row-start-2 flex min-w-0 flex-col @3xl:col-start-auto @3xl:row-start-auto">
      <span className="truncate text-sm text-ink-muted @3xl:text-base @3xl:text-ink">{order.firstLine ?? t("noLines")}</span>
      <span className="hidden truncate text-xs text-ink-faint @3xl:block">
        {t("pieces", { count: order.pieces })}
        {order.lineCount > 1 ? ` · ${t("moreLines", { count: order.lineCount - 1 })}` : ""}
      </span>
    </span>
  );
}

function Buyer({ order }: { readonly order: OrderSummary }) {
  const t = useTranslations("orders");
  return (
    <span className="hidden min-w-0 flex-col @3xl:flex">
      <span className={cn("truncate text-base", order.buyerName === null && "text-ink-faint")}>{order.buyerName ?? t("noBuyer")}</span>
      <span className="truncate text-xs text-ink-faint">{[order.city, order.carrier ?? order.deliveryMethod].filter((part) => part !== null).join(" · ")}</span>
    </span>
  );
}

function Deadline({ order }: { readonly order: OrderSummary }) {
  const isOpen = isToShip(order);
  const isQuiet = order.wanted === null;
  return (
    <span className="col-start-3 row-start-2 flex min-w-0 justify-end @3xl:col-start-auto @3xl:row-start-auto @3xl:flex-col @3xl:items-start">
      {order.wanted === null ? null : <Wanted wanted={order.wanted} className="max-w-44 @3xl:hidden" />}
      {isOpen ? <ShipBy order={order} className={isQuiet ? undefined : "hidden @3xl:inline-flex"} /> : null}
      {isOpen || !isQuiet ? null : <Money value={{ minor: order.totalMinor, currency: order.currency }} className="text-sm text-ink-muted @3xl:hidden" />}
      {order.trackingNumber === null ? null : (
        <span className="tabular hidden max-w-full truncate text-xs text-ink-faint @3xl:block">{order.trackingNumber}</span>
      )}
    </span>
  );
}
