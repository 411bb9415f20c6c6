"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { MailCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { parseAsStringLiteral, useQueryStates } from "nuqs";
import type { z } from "zod";
import { QueryContent } from "@/components/layout/query-content";
import { useTRPC } from "@/components/providers/trpc-provider";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Select } from "@/components/ui/select";
import { SkeletonRows } from "@/components/ui/skeleton";
import { DataList, HeadCell, Table, TableHead } from "@/components/ui/table";
import { deliveryStatusSchema, type noticeDeliverySchema, outsideChannelSchema } from "@/server/notifications/schema";
import { DeliveryRow } from "./delivery-row";

export type DeliveryView = z.output<typeof noticeDeliverySchema>;

const ALL = "all";

function useLogFilters() {
  return useQueryStates({ channel: parseAsStringLiteral(outsideChannelSchema.options), status: parseAsStringLiteral(deliveryStatusSchema.options) });
}

/** What left the house, or did not, and why. `own` one's own, `everybody` the workspace's. */
export function DeliveryLog({ whose }: { readonly whose: "own" | "everybody" }) {
  const t = useTranslations("notices.log");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const [{ channel, status }, setFilters] = useLogFilters();
  const input = { ...(channel === null ? {} : { channel }), ...(status === null ? {} : { statuses: [status] }) };
  const paging = { getNextPageParam: (page: { nextCursor: { at: Date; id: string } | null }) => page.nextCursor ?? undefined };
  const own = useInfiniteQuery(trpc.notifications.deliveries.infiniteQueryOptions(input, { ...paging, enabled: whose === "own" }));
  const everybody = useInfiniteQuery(trpc.notifications.transports.deliveries.infiniteQueryOptions(input, { ...paging, enabled: whose === "everybody" }));
  const log = whose === "own" ? own : everybody;
  const isFiltered = channel !== null || status !== null;
  const clear = <Button onClick={() => void setFilters(null)}>{common("clearFilters")}</Button>;
  const footer = log.hasNextPage ? (
    <Button size="sm" pending={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
      {common("loadMore")}
    </Button>
  ) : undefined;
  return (
    <DataList title={t("title")} busy={log.isLoading} filters={<LogFilters />} footer={footer}>
      <QueryContent query={log} skeleton={<SkeletonRows rows={4} className="h-14" />}>
        {({ pages }) => {
          const deliveries = pages.flatMap((page) => page.deliveries);
          if (deliveries.length === 0) {
            const reason = isFiltered ? t("emptyFiltered") : t(whose === "own" ? "emptyOwn" : "emptyEverybody");
            return <EmptyState className="py-10" icon={<MailCheck />} title={t("empty")} reason={reason} action={isFiltered ? clear : undefined} />;
          }
          return <DeliveryTable deliveries={deliveries} showsPeople={whose === "everybody"} />;
        }}
      </QueryContent>
    </DataList>
  );
}

function DeliveryTable({ deliveries, showsPeople }: { readonly deliveries: readonly DeliveryView[]; readonly showsPeople: boolean }) {
  const t = useTranslations("notices.log");
  return (
    <Table label={t("title")}>
      <TableHead>
        <HeadCell>{t("columns.what")}</HeadCell>
        {showsPeople ? <HeadCell className="max-sm:hidden">{t("columns.who")}</HeadCell> : null}
        <HeadCell>{t("columns.state")}</HeadCell>
        <HeadCell align="end" className="max-sm:hidden">
          {t("columns.when")}
        </HeadCell>
      </TableHead>
      <tbody>
        {deliveries.map((delivery) => (
          <DeliveryRow key={delivery.id} delivery={delivery} showsPeople={showsPeople} />
        ))}
      </tbody>
    </Table>
  );
}

function LogFilters() {
  const t = useTranslations("notices.log");
  const words = useTranslations("notifications");
  const [{ channel, status }, setFilters] = useLogFilters();
  const channels = [{ value: ALL, label: t("anyChannel") }, ...outsideChannelSchema.options.map((value) => ({ value, label: words(`channels.${value}`) }))];
  const statuses = [{ value: ALL, label: t("anyState") }, ...deliveryStatusSchema.options.map((value) => ({ value, label: words(`deliveryStatus.${value}`) }))];
  const look = { size: "sm", className: "w-44 max-sm:w-auto max-sm:flex-1" } as const;
  return (
    <>
      <Select
        {...look}
        label={t("channel")}
        options={channels}
        value={channel ?? ALL}
        onValueChange={(next) => void setFilters({ channel: outsideChannelSchema.safeParse(next).data ?? null }, { history: "push" })}
      />
      <Select
        {...look}
        label={t("columns.state")}
        options={statuses}
        value={status ?? ALL}
        onValueChange={(next) => void setFilters({ status: deliveryStatusSchema.safeParse(next).data ?? null }, { history: "push" })}
      />
    </>
  );
}
