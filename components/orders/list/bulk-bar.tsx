"use client";

import { useMutation } from "@tanstack/react-query";
import { CircleCheck, Package, Truck, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useTRPC } from "@/components/providers/trpc-provider";
import { useErrorText } from "@/components/providers/use-error-text";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { toast } from "@/components/ui/toast";
import { newId } from "@/lib/ids";
import { BULK_ORDERS_MAX, type BulkAction } from "@/server/orders/schema";
import type { Selection } from "./use-selection";

const ACTIONS: readonly { readonly action: BulkAction; readonly icon: typeof Truck }[] = [
  { action: "confirm", icon: CircleCheck },
  { action: "pack", icon: Package },
  { action: "ship", icon: Truck },
];

/** What can be asked of many orders at once. What the service does not allow is left as it is and counted. */
export function BulkBar({ selection, loaded }: { readonly selection: Selection; readonly loaded: number }) {
  const t = useTranslations("orders.bulk");
  const word = useTranslations("orders");
  const trpc = useTRPC();
  const errorText = useErrorText();
  const count = selection.ids.size;
  const request = useMutation(
    trpc.orders.requestMany.mutationOptions({
      onSuccess: ({ requested, skipped }) => {
        toast.done(t("requested", { count: requested }), { description: skipped.length === 0 ? undefined : t("skipped", { count: skipped.length }) });
        selection.clear();
      },
      onError: (error) => toast.failed(errorText(error).text),
    }),
  );
  const run = (action: BulkAction) => request.mutate({ action, orders: [...selection.ids].map((orderId) => ({ orderId, changeId: newId() })) });
  const tooMany = count > BULK_ORDERS_MAX;
  return (
    <div className="flex min-h-7 flex-wrap items-center gap-2">
      <IconButton label={t("clear")} icon={<X />} size="sm" onClick={selection.clear} />
      <span className="tabular text-sm font-medium">{t("chosen", { count })}</span>
      {count < loaded ? (
        <Button size="sm" variant="ghost" onClick={selection.chooseAll}>
          {t("all", { count: loaded })}
        </Button>
      ) : null}
      <span className="ml-auto flex flex-wrap gap-2 max-sm:ml-0">
        {ACTIONS.map(({ action, icon: Icon }) => (
          <Button
            key={action}
            size="sm"
            icon={<Icon />}
            disabled={tooMany}
            pending={request.isPending && request.variables.action === action}
            onClick={() => run(action)}
          >
            {word(`actions.${action}`)}
          </Button>
        ))}
      </span>
      {tooMany ? <span className="w-full text-sm text-attention-text">{t("tooMany", { max: BULK_ORDERS_MAX })}</span> : null}
    </div>
  );
}
