"use client";

import { ArrowRight, CircleAlert, CircleQuestionMark } from "lucide-react";
import { useTranslations } from "next-intl";
import { StatusPill } from "@/components/ui/badge";
import { cn } from "@/components/ui/class-names";
import { Spinner } from "@/components/ui/spinner";
import type { OrderState, OrderSummary } from "@/server/orders/schema";
import { STATE_TONES } from "./tones";

/** Our word for the state, with its colour. */
export function StateName({ state, className }: { readonly state: OrderState; readonly className?: string | undefined }) {
  const t = useTranslations("orders.states");
  return (
    <StatusPill tone={STATE_TONES[state]} className={cn("text-ink", className)}>
      {t(state)}
    </StatusPill>
  );
}

/** What is asked of the service and not shown by it yet; never the state itself. */
export function Wanted({ wanted, className }: { readonly wanted: NonNullable<OrderSummary["wanted"]>; readonly className?: string | undefined }) {
  const t = useTranslations("orders");
  const failed = wanted.state === "rejected";
  const doubtful = wanted.state === "unknown";
  const icon = failed ? <CircleAlert /> : doubtful ? <CircleQuestionMark /> : wanted.state === "accepted" ? <ArrowRight /> : <Spinner />;
  return (
    <span
      className={cn(
        "inline-flex min-w-0 items-center gap-1 text-xs [&_svg]:size-3 [&_svg]:shrink-0",
        failed ? "text-failed-text" : doubtful ? "text-overdue-text" : "text-ink-muted",
        className,
      )}
    >
      {icon}
      <span className="truncate">
        {wanted.toState === null ? t(`actions.${wanted.action}`) : t(`states.${wanted.toState}`)} · {t(`changeStates.${wanted.state}`)}
      </span>
    </span>
  );
}
