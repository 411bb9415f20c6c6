"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { ChannelMark } from "@/components/ui/channel-mark";
import { Dialog } from "@/components/ui/dialog";
import type { BulkAction, ManyRequested, OrderSummary } from "@/server/orders/schema";
import { StateName } from "../parts/order-state";

const REASONS: Readonly<Record<string, "notAllowed" | "needsWords" | "gone" | "either">> = {
  "orders.change_not_allowed": "notAllowed",
  "orders.field_missing": "needsWords",
  "orders.not_found": "gone",
  "orders.nothing_to_ask": "either",
};

export interface BulkOutcomeProps {
  readonly outcome: ManyRequested & { readonly action: BulkAction };
  readonly orders: readonly OrderSummary[];
  readonly onOpen: (id: string) => void;
  readonly onClose: () => void;
}

/** What was asked for, and each order that was left as it is, with the reason. */
export function BulkOutcome({ outcome: { action, requested, skipped }, orders, onOpen, onClose }: BulkOutcomeProps) {
  const t = useTranslations("orders.bulk");
  const word = useTranslations("orders");
  const common = useTranslations("common");
  return (
    <Dialog
      open
      width="md"
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={t("outcomeTitle", { action: word(`actions.${action}`) })}
      description={`${t("requested", { count: requested })}. ${t("left", { count: skipped.length })}`}
      footer={
        <Button variant="primary" onClick={onClose}>
          {common("close")}
        </Button>
      }
    >
      <ul className="-mx-2 divide-y">
        {skipped.map(({ orderId, code }) => {
          const order = orders.find(({ id }) => id === orderId);
          return (
            <li key={orderId}>
              <button
                type="button"
                className="focus-inset flex min-h-12 w-full items-center gap-3 rounded-md px-2 py-1.5 text-left hover:bg-hover"
                onClick={() => {
                  onClose();
                  onOpen(orderId);
                }}
              >
                {order === undefined ? null : <ChannelMark system={order.connectorId} size="sm" label={order.connectionName} />}
                <span className="min-w-0 flex-1">
                  <span className="tabular block truncate text-base font-medium">{order?.number ?? orderId}</span>
                  <span className="block text-sm text-ink-muted">{t(`reasons.${REASONS[code] ?? "notAllowed"}`)}</span>
                </span>
                {order === undefined ? null : <StateName state={order.state} />}
              </button>
            </li>
          );
        })}
      </ul>
    </Dialog>
  );
}
