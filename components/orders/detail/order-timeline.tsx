"use client";

import { Banknote, CircleDot, ListChecks, PackageX, Send, ShoppingCart, StickyNote, Truck } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { DateTime } from "@/components/ui/date-time";
import { actionSchema, changeStateSchema, type OrderEventView, type OrderView, orderStateSchema, paymentSchema } from "@/server/orders/schema";
import { Section } from "./section";

const icons: Readonly<Record<string, ReactNode>> = {
  placed: <ShoppingCart />,
  state: <CircleDot />,
  payment: <Banknote />,
  shipment: <Truck />,
  lines: <ListChecks />,
  change: <Send />,
  stock: <PackageX />,
  note: <StickyNote />,
};

/** What happened, newest first, whoever did it. */
export function OrderTimeline({ order }: { readonly order: OrderView }) {
  const t = useTranslations("orders.timeline");
  const sentence = useSentence();
  return (
    <Section title={t("title")}>
      <ol className="flex flex-col gap-3">
        {order.events.map((event) => (
          <li key={event.id} className="flex items-start gap-2.5 text-base">
            <span aria-hidden="true" className="mt-0.5 text-ink-faint [&_svg]:size-4">
              {icons[event.type] ?? <CircleDot />}
            </span>
            <span className="min-w-0 flex-1">
              <span className="block text-pretty">{sentence(event)}</span>
              <span className="tabular block text-xs text-ink-faint">
                <DateTime value={event.at} />
                {event.actorKind === "service" ? ` · ${order.connectionName}` : event.actorName === null ? "" : ` · ${event.actorName}`}
              </span>
            </span>
          </li>
        ))}
      </ol>
    </Section>
  );
}

/** An event in words; values that are not ours are shown as they came. */
function useSentence(): (event: OrderEventView) => string {
  const t = useTranslations("orders");
  const text = (value: string | number | null | undefined) => (value === null || value === undefined ? "" : String(value));
  const state = (value: string | number | null | undefined) => {
    const known = orderStateSchema.safeParse(value);
    return known.success ? t(`states.${known.data}`) : "";
  };
  const payment = (value: string | number | null | undefined) => {
    const known = paymentSchema.safeParse(value);
    return known.success ? t(`payments.${known.data}`) : text(value);
  };
  const moved = (data: OrderEventView["data"]) => {
    const remote = text(data["remote"]);
    if (data["from"] === null) return t("timeline.firstSeen", { state: state(data["to"]), remote });
    return data["from"] === data["to"] ? t("timeline.remote", { remote }) : t("timeline.state", { from: state(data["from"]), to: state(data["to"]), remote });
  };
  const asked = (data: OrderEventView["data"]) => {
    const action = actionSchema.safeParse(data["action"]);
    const now = changeStateSchema.safeParse(data["state"]);
    return action.success && now.success
      ? t("timeline.change", { action: t(`actions.${action.data}`), state: t(`changeStates.${now.data}`) })
      : t("timeline.other");
  };
  return ({ type, data }) => {
    switch (type) {
      case "placed":
        return t("timeline.placed");
      case "state":
        return moved(data);
      case "payment":
        return t("timeline.payment", { payment: payment(data["to"]) });
      case "shipment":
        return t("timeline.shipment", { carrier: text(data["carrier"]), tracking: text(data["tracking"]) });
      case "lines":
        return t("timeline.lines", { from: Number(data["from"] ?? 0), to: Number(data["to"] ?? 0) });
      case "stock":
        return data["short"] === 1 ? t("timeline.short") : t("timeline.covered");
      case "note":
        return data["text"] === null ? t("timeline.noteRemoved") : t("timeline.note", { text: text(data["text"]) });
      case "change":
        return asked(data);
      default:
        return t("timeline.other");
    }
  };
}
