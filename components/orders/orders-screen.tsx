"use client";

import { Download } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useCallback, useMemo } from "react";
import { FullHeight } from "@/components/layout/page";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { Menu, MenuItem } from "@/components/ui/menu";
import { PageViewsProvider, useAddressViews, ViewBar } from "@/components/views";
import { OrderPane } from "./detail/order-pane";
import { BulkBar } from "./list/bulk-bar";
import { FilterBar } from "./list/filter-bar";
import { exportAddress, ORDER_PARSERS, type OrderQuery, orderQuery, useOpenOrder, useOrderFilters } from "./list/filters";
import { OrderList } from "./list/order-list";
import { StateTabs } from "./list/state-tabs";
import { useOrderKeys } from "./list/use-order-keys";
import { useOrders } from "./list/use-orders";
import { useSelection } from "./list/use-selection";
import { useLiveOrders } from "./use-live-orders";

export interface OrdersScreenProps {
  /** The workspace's day, at 00:00 UTC; fixed for the page's life. ISO instant. */
  readonly today: string;
  readonly canExport: boolean;
  readonly canWrite: boolean;
}

/** Orders of every shop in one list, and one of them beside it. */
export function OrdersScreen({ today, canExport, canWrite }: OrdersScreenProps) {
  useLiveOrders();
  const [state] = useOrderFilters();
  const [current, open] = useOpenOrder();
  const query = useMemo(() => orderQuery(state, new Date(today)), [state, today]);
  const orders = useOrders(query);
  const ids = useMemo(() => orders.orders.map(({ id }) => id), [orders.orders]);
  const listKey = JSON.stringify(query);
  const selection = useSelection(listKey, ids);
  useOrderKeys({ ids, current, selection, open });
  const { toggle, extendTo } = selection;
  const press = useCallback(
    (id: string, how: "open" | "toggle" | "extend") => (how === "open" ? open(id) : how === "toggle" ? toggle(id) : extendTo(id)),
    [open, toggle, extendTo],
  );
  const ticking = selection.ids.size > 0;
  return (
    <FullHeight className="relative flex">
      <section className={cn("@container flex min-w-0 flex-1 flex-col", current !== null && "max-lg:hidden")}>
        <PageViewsProvider value={useAddressViews("orders", ORDER_PARSERS)}>
          <Heading query={query} canExport={canExport} />
        </PageViewsProvider>
        <div className={cn("border-b px-4 py-2", ticking && "bg-selected")}>
          {ticking ? <BulkBar selection={selection} orders={orders.orders} canWrite={canWrite} canExport={canExport} onOpen={open} /> : <FilterBar />}
        </div>
        <OrderList orders={orders} listKey={listKey} selection={selection} current={current} onPress={press} />
      </section>
      {current === null ? null : <OrderPane key={current} orderId={current} onClose={() => open(null)} />}
    </FullHeight>
  );
}

function Heading({ query, canExport }: { readonly query: OrderQuery; readonly canExport: boolean }) {
  const t = useTranslations("orders");
  return (
    <header className="flex flex-col gap-1 border-b px-4 pt-3">
      <div className="flex items-center justify-between gap-4">
        <div className="flex min-w-0 items-center gap-2">
          <h1 className="text-xl font-semibold">{t("title")}</h1>
          <ViewBar plain={t("allOrders")} />
        </div>
        {canExport ? <ExportMenu query={query} /> : null}
      </div>
      <StateTabs />
    </header>
  );
}

function ExportMenu({ query }: { readonly query: OrderQuery }) {
  const t = useTranslations("orders.export");
  // Excel in these languages takes the semicolon for the column separator.
  const separator = useLocale() === "en" ? "comma" : "semicolon";
  return (
    <Menu
      align="end"
      trigger={
        <Button size="sm" icon={<Download />}>
          {t("button")}
        </Button>
      }
    >
      <MenuItem onSelect={() => window.location.assign(exportAddress(query, "xlsx", separator))}>{t("xlsx")}</MenuItem>
      <MenuItem onSelect={() => window.location.assign(exportAddress(query, "csv", separator))}>{t("csv")}</MenuItem>
    </Menu>
  );
}
