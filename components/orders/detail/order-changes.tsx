"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { CircleAlert, CircleCheck, CircleQuestionMark, Clock } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useMay } from "@/components/layout/use-may";
import { useTRPC } from "@/components/providers/trpc-provider";
import { useErrorText } from "@/components/providers/use-error-text";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { DateTime, RelativeTime } from "@/components/ui/date-time";
import { Spinner } from "@/components/ui/spinner";
import { toast } from "@/components/ui/toast";
import type { OrderChangeView, OrderView } from "@/server/orders/schema";

/** Changes that are on their way, came to nothing, or wait for a person: each with what is known of it and what can be done. */
export function OrderChanges({ order }: { readonly order: OrderView }) {
  const t = useTranslations("orders.changes");
  const integrations = useTranslations("integrations.health");
  const newest = order.changes[0];
  const shown = order.changes.filter((change) => change.state !== "confirmed" && (change.state !== "rejected" || change.id === newest?.id));
  const waits = shown.some((change) => change.state === "queued") && order.delayCode !== null;
  if (shown.length === 0) return null;
  return (
    <ul aria-label={t("title")} className="flex flex-col gap-2">
      {shown.map((change) => (
        <Change key={change.id} change={change} orderId={order.id} />
      ))}
      {waits && order.delayCode !== null && integrations.has(order.delayCode) ? (
        <li className="text-sm text-attention-text">{integrations(order.delayCode)}</li>
      ) : null}
    </ul>
  );
}

const looks: Readonly<Record<OrderChangeView["state"], { readonly box: string; readonly icon: ReactNode }>> = {
  queued: { box: "border-line bg-sunken", icon: <Clock className="text-ink-muted" /> },
  sending: { box: "border-line bg-sunken", icon: <Spinner className="text-ink-muted" /> },
  accepted: { box: "border-line bg-sunken", icon: <CircleCheck className="text-ink-muted" /> },
  confirmed: { box: "border-line bg-sunken", icon: <CircleCheck className="text-ok-text" /> },
  rejected: { box: "border-transparent bg-failed-soft text-failed-text", icon: <CircleAlert /> },
  unknown: { box: "border-transparent bg-overdue-soft text-overdue-text", icon: <CircleQuestionMark /> },
};

function Change({ change, orderId }: { readonly change: OrderChangeView; readonly orderId: string }) {
  const t = useTranslations("orders");
  const errorText = useErrorText();
  const look = looks[change.state];
  return (
    <li className={cn("flex items-start gap-2.5 rounded-md border px-3 py-2 text-base [&_svg]:size-4", look.box)}>
      <span aria-hidden="true" className="mt-0.5">
        {look.icon}
      </span>
      <div className="min-w-0 flex-1">
        <p className="font-medium">
          {t(`actions.${change.action}`)} · {t(`changeStates.${change.state}`)}
        </p>
        <p className="text-sm text-pretty">{t(`changes.explain.${change.state}`)}</p>
        {change.errorCode === null ? null : <p className="text-sm text-pretty">{errorText.forCode(change.errorCode, change.errorParams)}</p>}
        {change.errorText === null ? null : <p className="text-sm text-pretty">{t("changes.serviceSays", { text: change.errorText })}</p>}
        <p className="tabular mt-0.5 text-xs opacity-80">
          <RelativeTime value={change.requestedAt} />
          {change.requestedByName === null ? "" : ` · ${change.requestedByName}`}
          {change.nextAt === null || change.state === "sending" ? null : (
            <>
              {" · "}
              {t.rich("changes.next", { time: () => <DateTime value={change.nextAt ?? new Date()} parts="time" /> })}
            </>
          )}
        </p>
        <Deeds change={change} orderId={orderId} />
      </div>
    </li>
  );
}

/** What a person can still do about it. */
function Deeds({ change, orderId }: { readonly change: OrderChangeView; readonly orderId: string }) {
  const t = useTranslations("orders.changes");
  const trpc = useTRPC();
  const client = useQueryClient();
  const errorText = useErrorText();
  const mayWrite = useMay("orders.write");
  const after = {
    onSuccess: () => void client.invalidateQueries(trpc.orders.get.queryFilter({ orderId })),
    onError: (error: unknown) => toast.failed(errorText(error).text),
  };
  const cancel = useMutation(trpc.orders.cancelChange.mutationOptions(after));
  const settle = useMutation(trpc.orders.settleChange.mutationOptions(after));
  if (!mayWrite) return null;
  const pending = cancel.isPending || settle.isPending;
  if (change.state === "queued")
    return (
      <Button size="sm" className="mt-2" pending={pending} onClick={() => cancel.mutate({ changeId: change.id })}>
        {t("takeBack")}
      </Button>
    );
  if (change.state !== "unknown" || change.nextAt !== null) return null;
  return (
    <div className="mt-2 flex flex-wrap gap-2">
      <Button size="sm" pending={pending} onClick={() => settle.mutate({ changeId: change.id, outcome: "was_carried_out" })}>
        {t("wasCarriedOut")}
      </Button>
      <Button size="sm" pending={pending} onClick={() => settle.mutate({ changeId: change.id, outcome: "try_again" })}>
        {t("tryAgain")}
      </Button>
    </div>
  );
}
