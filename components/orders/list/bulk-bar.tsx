"use client";

import { useMutation } from "@tanstack/react-query";
import { CircleCheck, Download, Package, Printer, Truck, X } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC } from "@/components/providers/trpc-provider";
import { useErrorText } from "@/components/providers/use-error-text";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuItem } from "@/components/ui/menu";
import { toast } from "@/components/ui/toast";
import { newId } from "@/lib/ids";
import { BULK_ORDERS_MAX, type BulkAction, type ManyRequested, type OrderSummary } from "@/server/orders/schema";
import { BulkOutcome } from "./bulk-outcome";
import { exportAddress } from "./filters";
import type { Selection } from "./use-selection";

const ACTIONS: readonly { readonly action: BulkAction; readonly icon: typeof Truck }[] = [
  { action: "confirm", icon: CircleCheck },
  { action: "pack", icon: Package },
  { action: "ship", icon: Truck },
];

export interface BulkBarProps {
  readonly selection: Selection;
  readonly orders: readonly OrderSummary[];
  readonly canWrite: boolean;
  readonly canExport: boolean;
  readonly onOpen: (id: string) => void;
}

/** What can be done with many orders at once. Where the service does not allow it an order is left as it is, and named with the reason. */
export function BulkBar({ selection, orders, canWrite, canExport, onOpen }: BulkBarProps) {
  const t = useTranslations("orders.bulk");
  const trpc = useTRPC();
  const errorText = useErrorText();
  const [outcome, setOutcome] = useState<(ManyRequested & { readonly action: BulkAction }) | null>(null);
  const ids = [...selection.ids];
  const tooMany = ids.length > BULK_ORDERS_MAX;
  const request = useMutation(
    trpc.orders.requestMany.mutationOptions({
      onSuccess: (result, { action }) => {
        if (result.skipped.length > 0) return setOutcome({ ...result, action });
        toast.done(t("requested", { count: result.requested }));
        selection.clear();
      },
      onError: (error, { action, orders: asked }) => {
        const { code, text } = errorText(error);
        if (code === "orders.nothing_to_ask") setOutcome({ requested: 0, skipped: asked.map(({ orderId }) => ({ orderId, code })), action });
        else toast.failed(text);
      },
    }),
  );
  const run = (action: BulkAction) => request.mutate({ action, orders: ids.map((orderId) => ({ orderId, changeId: newId() })) });
  const done = () => {
    setOutcome(null);
    selection.clear();
  };
  return (
    <section aria-label={t("label")} className="flex min-h-7 flex-wrap items-center gap-2">
      <IconButton label={t("clear")} icon={<X />} size="sm" onClick={selection.clear} />
      <span className="tabular text-sm font-medium">{t("chosen", { count: ids.length })}</span>
      {ids.length < orders.length ? (
        <Button size="sm" variant="ghost" onClick={selection.chooseAll}>
          {t("all", { count: orders.length })}
        </Button>
      ) : null}
      <span className="ml-auto flex flex-wrap gap-2 max-sm:ml-0">
        {canWrite ? <Actions disabled={tooMany} pending={request.isPending ? request.variables.action : null} onRun={run} /> : null}
        <Button size="sm" icon={<Printer />} disabled={tooMany} onClick={() => window.open(`/orders/print?ids=${ids.join(",")}`, "_blank", "noopener")}>
          {t("print")}
        </Button>
        {canExport ? <ExportChosen ids={ids} disabled={tooMany} /> : null}
      </span>
      {tooMany ? <span className="w-full text-sm text-attention-text">{t("tooMany", { max: BULK_ORDERS_MAX })}</span> : null}
      {outcome === null ? null : <BulkOutcome outcome={outcome} orders={orders} onOpen={onOpen} onClose={done} />}
    </section>
  );
}

interface ActionsProps {
  readonly disabled: boolean;
  readonly pending: BulkAction | null;
  readonly onRun: (action: BulkAction) => void;
}

function Actions({ disabled, pending, onRun }: ActionsProps) {
  const t = useTranslations("orders.actions");
  return ACTIONS.map(({ action, icon: Icon }) => (
    <Button key={action} size="sm" icon={<Icon />} disabled={disabled} pending={pending === action} onClick={() => onRun(action)}>
      {t(action)}
    </Button>
  ));
}

function ExportChosen({ ids, disabled }: { readonly ids: readonly string[]; readonly disabled: boolean }) {
  const t = useTranslations("orders.export");
  // Excel in these languages takes the semicolon for the column separator.
  const separator = useLocale() === "en" ? "comma" : "semicolon";
  const take = (format: "csv" | "xlsx") => window.location.assign(exportAddress({ ids: [...ids] }, format, separator));
  return (
    <Menu
      align="end"
      trigger={
        <Button size="sm" icon={<Download />} disabled={disabled}>
          {t("button")}
        </Button>
      }
    >
      <MenuItem onSelect={() => take("xlsx")}>{t("xlsx")}</MenuItem>
      <MenuItem onSelect={() => take("csv")}>{t("csv")}</MenuItem>
    </Menu>
  );
}
