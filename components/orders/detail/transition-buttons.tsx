"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Ellipsis } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC } from "@/components/providers/trpc-provider";
import { useErrorText } from "@/components/providers/use-error-text";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuItem } from "@/components/ui/menu";
import { toast } from "@/components/ui/toast";
import { newId } from "@/lib/ids";
import type { OrderView, TransitionView } from "@/server/orders/schema";
import { TransitionDialog } from "./transition-dialog";

/** These are buttons of their own; the rest stands behind "more". */
const MOST_BUTTONS = 2;
/** No service takes these back: they are asked about, however few words they need. */
const DANGEROUS: ReadonlySet<TransitionView["action"]> = new Set(["cancel", "deliver"]);

/** What the service allows from the order's present state. */
export function TransitionButtons({ order }: { readonly order: OrderView }) {
  const t = useTranslations("orders");
  const [asked, setAsked] = useState<TransitionView | null>(null);
  const request = useRequestChange(order.id, () => setAsked(null));
  const words = (transition: TransitionView) =>
    transition.action === "set_state" && transition.label !== null ? transition.label : t(`actions.${transition.action}`);
  const press = (transition: TransitionView) => {
    if (transition.fields.length > 0 || DANGEROUS.has(transition.action)) setAsked(transition);
    else request.run(transition, {});
  };
  const ways = [...order.transitions].sort((one, other) => Number(DANGEROUS.has(one.action)) - Number(DANGEROUS.has(other.action)));
  const forward = ways.filter(({ action }) => action !== "set_state" && !DANGEROUS.has(action)).slice(0, MOST_BUTTONS);
  const rest = ways.filter((transition) => !forward.includes(transition));
  if (ways.length === 0) return null;
  return (
    <div className="flex flex-wrap items-center gap-2">
      {forward.map((transition, index) => (
        <Button
          key={transition.id}
          variant={index === 0 ? "primary" : "secondary"}
          pending={request.isPending && request.transitionId === transition.id}
          onClick={() => press(transition)}
        >
          {words(transition)}
        </Button>
      ))}
      {rest.length === 0 ? null : (
        <Menu align="end" trigger={<IconButton label={t("moreActions")} variant="secondary" icon={<Ellipsis />} />}>
          {rest.map((transition) => (
            <MenuItem key={transition.id} tone={DANGEROUS.has(transition.action) ? "danger" : "plain"} onSelect={() => press(transition)}>
              {words(transition)}
            </MenuItem>
          ))}
        </Menu>
      )}
      {asked === null ? null : (
        <TransitionDialog
          key={asked.id}
          order={order}
          transition={asked}
          title={words(asked)}
          isDangerous={DANGEROUS.has(asked.action)}
          pending={request.isPending}
          onClose={() => setAsked(null)}
          onConfirm={(fields) => request.run(asked, fields)}
        />
      )}
    </div>
  );
}

/** The change's id is made once for a press: however often the request is repeated on its way, it is one change. */
function useRequestChange(orderId: string, onAsked: () => void) {
  const t = useTranslations("orders");
  const trpc = useTRPC();
  const client = useQueryClient();
  const errorText = useErrorText();
  const request = useMutation(
    trpc.orders.requestChange.mutationOptions({
      onSuccess: () => {
        onAsked();
        toast.done(t("asked"));
        void client.invalidateQueries(trpc.orders.get.queryFilter({ orderId }));
        void client.invalidateQueries(trpc.orders.list.infiniteQueryFilter());
      },
      onError: (error) => toast.failed(errorText(error).text),
    }),
  );
  return {
    isPending: request.isPending,
    transitionId: request.variables?.transitionId,
    run: (transition: TransitionView, fields: Record<string, string>) => request.mutate({ orderId, changeId: newId(), transitionId: transition.id, fields }),
  };
}
