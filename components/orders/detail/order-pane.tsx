"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowLeft, X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { QueryError } from "@/components/layout/query-error";
import { useTRPC } from "@/components/providers/trpc-provider";
import { ChannelMark } from "@/components/ui/channel-mark";
import { CopyButton } from "@/components/ui/copy-button";
import { IconButton } from "@/components/ui/icon-button";
import { Skeleton } from "@/components/ui/skeleton";
import type { OrderView } from "@/server/orders/schema";
import { StateName } from "../parts/order-state";
import { ShipBy } from "../parts/ship-by";
import { OrderAround } from "./order-around";
import { OrderChanges } from "./order-changes";
import { OrderFacts } from "./order-facts";
import { OrderLines } from "./order-lines";
import { OrderNote } from "./order-note";
import { OrderTimeline } from "./order-timeline";
import { TransitionButtons } from "./transition-buttons";

/** One order beside the list; on a narrow screen in its place. */
export function OrderPane({ orderId, onClose }: { readonly orderId: string; readonly onClose: () => void }) {
  const t = useTranslations("orders");
  const trpc = useTRPC();
  const query = useQuery(trpc.orders.get.queryOptions({ orderId }));
  return (
    <aside
      aria-label={t("order")}
      aria-busy={query.isPending}
      className="flex min-h-0 w-full flex-col overflow-hidden border-l bg-surface lg:w-[30rem] lg:shrink-0 2xl:w-[34rem]"
    >
      {query.data === undefined ? (
        <>
          <PaneHead onClose={onClose}>{query.isPending ? <Skeleton className="h-5 w-40" /> : null}</PaneHead>
          {query.isError ? <QueryError error={query.error} onRetry={() => void query.refetch()} /> : <PaneSkeleton />}
        </>
      ) : (
        <Loaded order={query.data} onClose={onClose} />
      )}
    </aside>
  );
}

function PaneHead({ onClose, children }: { readonly onClose: () => void; readonly children: ReactNode }) {
  const t = useTranslations("common");
  return (
    <header className="flex items-start gap-2 border-b px-4 py-3">
      <IconButton label={t("close")} icon={<ArrowLeft />} size="sm" onClick={onClose} className="lg:hidden" />
      <div className="min-w-0 flex-1">{children}</div>
      <IconButton label={t("close")} icon={<X />} size="sm" onClick={onClose} className="max-lg:hidden" />
    </header>
  );
}

function Loaded({ order, onClose }: { readonly order: OrderView; readonly onClose: () => void }) {
  const t = useTranslations("orders");
  return (
    <>
      <PaneHead onClose={onClose}>
        <h2 className="flex items-center gap-2 text-lg font-semibold">
          <ChannelMark system={order.connectorId} />
          <span className="tabular truncate">{order.number}</span>
          <CopyButton value={order.number} label={t("copyNumber")} />
        </h2>
        <p className="mt-0.5 truncate text-sm text-ink-muted">
          {order.connectionName} · {t(`fulfilments.${order.fulfilment}`)}
        </p>
      </PaneHead>
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain">
        <section className="flex flex-col gap-3 border-b px-4 py-4">
          <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
            <StateName state={order.state} className="text-base font-medium" />
            <span className="text-sm text-ink-muted">{t("remote", { state: order.remoteStateName ?? order.remoteState })}</span>
            <ShipBy order={order} className="ml-auto" />
          </div>
          <OrderChanges order={order} />
          <TransitionButtons order={order} />
        </section>
        <OrderLines order={order} />
        <OrderFacts order={order} />
        <OrderNote order={order} />
        <OrderAround order={order} />
        <OrderTimeline order={order} />
      </div>
    </>
  );
}

function PaneSkeleton() {
  return (
    <div className="flex flex-col gap-6 px-4 py-5">
      <Skeleton className="h-4 w-1/2" />
      <div className="flex gap-2">
        <Skeleton className="h-8 w-28" />
        <Skeleton className="h-8 w-28" />
      </div>
      {Array.from({ length: 3 }, (_, index) => (
        <div key={index} className="flex gap-3">
          <Skeleton className="size-10 shrink-0" />
          <span className="flex flex-1 flex-col gap-2">
            <Skeleton className="h-3 w-4/5" />
            <Skeleton className="h-3 w-1/3" />
          </span>
        </div>
      ))}
      <Skeleton className="h-32" />
    </div>
  );
}
