"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "next-intl";
import { QueryContent } from "@/components/layout/query-content";
import { useMay } from "@/components/layout/use-may";
import { useTRPC } from "@/components/providers/trpc-provider";
import { useErrorText } from "@/components/providers/use-error-text";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Select } from "@/components/ui/select";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Cell, HeadCell, Table, TableHead, TableRow } from "@/components/ui/table";
import { toast } from "@/components/ui/toast";
import { COUNTED_MOST, type OrderState, orderStateSchema, type StateMappingView } from "@/server/orders/schema";
import { StateName } from "./parts/order-state";

type Entry = StateMappingView["states"][number];
const OWN = "own";

/** How one connection's own words for states are read. For a connection's page; a person's word goes before the connector's. */
export function StateMappingEditor({ connectionId }: { readonly connectionId: string }) {
  const t = useTranslations("orders.mapping");
  const trpc = useTRPC();
  const query = useQuery(trpc.orders.stateMapping.queryOptions({ connectionId }));
  return (
    <Card title={t("title")} description={t("description")} padding="flush">
      <QueryContent query={query} skeleton={<SkeletonRows rows={5} />}>
        {({ hasOrders, states }) =>
          !hasOrders || states.length === 0 ? <EmptyState title={t("noneTitle")} reason={t("none")} /> : <States connectionId={connectionId} states={states} />
        }
      </QueryContent>
    </Card>
  );
}

function States({ connectionId, states }: { readonly connectionId: string; readonly states: readonly Entry[] }) {
  const t = useTranslations("orders.mapping");
  const format = useFormatter();
  const mayChange = useMay("connections.manage");
  return (
    <Table label={t("title")}>
      <TableHead>
        <HeadCell>{t("remote")}</HeadCell>
        <HeadCell align="end">{t("orders")}</HeadCell>
        <HeadCell>{t("ours")}</HeadCell>
      </TableHead>
      <tbody>
        {states.map((entry) => (
          <TableRow key={entry.remoteState}>
            <Cell>
              <span className="block">{entry.name}</span>
              {entry.name === entry.remoteState ? null : <span className="tabular block text-xs text-ink-faint">{entry.remoteState}</span>}
            </Cell>
            <Cell numeric>{entry.orders >= COUNTED_MOST ? `${format.number(COUNTED_MOST)}+` : format.number(entry.orders)}</Cell>
            <Cell>{mayChange ? <Choice connectionId={connectionId} entry={entry} /> : <StateName state={entry.chosen ?? entry.suggested ?? "unknown"} />}</Cell>
          </TableRow>
        ))}
      </tbody>
    </Table>
  );
}

function Choice({ connectionId, entry }: { readonly connectionId: string; readonly entry: Entry }) {
  const t = useTranslations("orders");
  const trpc = useTRPC();
  const client = useQueryClient();
  const errorText = useErrorText();
  const save = useMutation(
    trpc.orders.saveStateMapping.mutationOptions({
      onSuccess: ({ changed }) => {
        toast.done(t("mapping.saved", { count: changed }));
        void client.invalidateQueries(trpc.orders.pathFilter());
      },
      onError: (error) => toast.failed(errorText(error).text),
    }),
  );
  const own = t("mapping.own", { state: t(`states.${entry.suggested ?? "unknown"}`) });
  return (
    <Select<OrderState | typeof OWN>
      size="sm"
      className="w-60"
      label={t("mapping.choose", { state: entry.name })}
      value={entry.chosen ?? OWN}
      disabled={save.isPending}
      onValueChange={(value) => save.mutate({ connectionId, remoteState: entry.remoteState, state: value === OWN ? null : value })}
      options={[{ value: OWN, label: own }, ...orderStateSchema.options.map((value) => ({ value, label: t(`states.${value}`) }))]}
    />
  );
}
