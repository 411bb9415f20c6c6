"use client";

import { useTranslations } from "next-intl";
import { useEffect, useLayoutEffect, useRef } from "react";
import { QueryError } from "@/components/layout/query-error";
import { useRowWindow } from "@/components/layout/use-row-window";
import { moveRowFocus, VirtualRows } from "@/components/layout/virtual-rows";
import { cn } from "@/components/ui/class-names";
import { Skeleton } from "@/components/ui/skeleton";
import type { OrderSummary } from "@/server/orders/schema";
import { NoOrders } from "./no-orders";
import { COLUMNS, OrderRow, type OrderRowProps, ROW_HEIGHT } from "./order-row";
import type { Orders } from "./use-orders";
import type { Selection } from "./use-selection";

export interface OrderListProps {
  readonly orders: Orders;
  /** Names what is listed: another list starts at its top. */
  readonly listKey: string;
  readonly selection: Selection;
  readonly current: string | null;
  readonly onPress: OrderRowProps["onPress"];
}

/** The orders, or what stands in their place. */
export function OrderList(props: OrderListProps) {
  const t = useTranslations("orders");
  const { list, orders } = props.orders;
  if (list.isError && orders.length === 0) return <QueryError error={list.error} title={t("listFailed")} onRetry={() => void list.refetch()} />;
  if (list.isPending) return <ListSkeleton />;
  if (orders.length === 0) return <NoOrders />;
  return (
    <>
      <Heads />
      <Rows key={props.listKey} {...props} />
    </>
  );
}

/** Names of the columns, for the eye; each row says its own words. */
function Heads() {
  const t = useTranslations("orders.columns");
  const cell = "truncate";
  return (
    <div aria-hidden="true" className={cn("hidden h-8 items-center gap-x-3 border-b bg-sunken px-3 text-xs font-medium text-ink-muted @3xl:grid", COLUMNS)}>
      <span />
      <span className={cell}>{t("order")}</span>
      <span className={cell}>{t("state")}</span>
      <span className={cell}>{t("goods")}</span>
      <span className={cell}>{t("buyer")}</span>
      <span className={cell}>{t("shipBy")}</span>
      <span className="truncate text-right">{t("total")}</span>
    </div>
  );
}

function Rows({ orders: { list, orders }, selection, current, onPress }: OrderListProps) {
  const t = useTranslations("orders");
  const scroller = useRef<HTMLDivElement>(null);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const drawn = useRowWindow(scroller, orders.length, ROW_HEIGHT);
  const last = Math.max(0, drawn.end - 1);
  useEffect(() => {
    if (last >= orders.length - 15 && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [last, orders.length, hasNextPage, isFetchingNextPage, fetchNextPage]);
  const at = orders.findIndex(({ id }) => id === current);
  const followed = useRef<string | null>(null);
  useLayoutEffect(() => {
    if (at === -1 || followed.current === current) return;
    followed.current = current;
    drawn.show(at);
  });
  return (
    <div
      ref={scroller}
      role="listbox"
      aria-label={t("title")}
      aria-busy={list.isPlaceholderData}
      aria-multiselectable="true"
      onKeyDown={(event) => moveRowFocus(event, "[data-order]")}
      className={cn("min-h-0 flex-1 overflow-y-auto transition-opacity duration-100", list.isPlaceholderData && "opacity-60")}
    >
      <VirtualRows
        window={drawn}
        keyOf={(index) => (orders[index] as OrderSummary).id}
        row={(index) => {
          const order = orders[index] as OrderSummary;
          return (
            <OrderRow
              order={order}
              open={order.id === current}
              checked={selection.ids.has(order.id)}
              ticking={selection.ids.size > 0}
              tabbable={index === Math.max(at, 0)}
              onPress={onPress}
            />
          );
        }}
      />
    </div>
  );
}

export function ListSkeleton() {
  return (
    <div aria-busy="true" className="min-h-0 flex-1 overflow-hidden">
      {Array.from({ length: 12 }, (_, index) => (
        <div key={index} style={{ height: ROW_HEIGHT }} className="flex items-center gap-4 border-b px-3">
          <Skeleton className="size-5 shrink-0" />
          <span className="flex w-36 flex-col gap-2">
            <Skeleton className="h-3 w-28" />
            <Skeleton className="h-2.5 w-20" />
          </span>
          <Skeleton className="h-3 w-20 max-sm:hidden" />
          <Skeleton className={cn("h-3 flex-1", index % 2 === 0 ? "max-w-64" : "max-w-48")} />
          <Skeleton className="ml-auto h-3 w-16" />
        </div>
      ))}
    </div>
  );
}
