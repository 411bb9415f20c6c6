"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { DateTime, RelativeTime } from "@/components/ui/date-time";
import type { OrderView } from "@/server/orders/schema";
import { Section } from "./section";

/** Who the buyer is, where it goes, how it is paid. What is not known is not shown. */
export function OrderFacts({ order }: { readonly order: OrderView }) {
  const t = useTranslations("orders.facts");
  const payments = useTranslations("orders.payments");
  const copied = (value: string, label: string) => (
    <span className="inline-flex items-center gap-1">
      <span className="tabular">{value}</span>
      <CopyButton value={value} label={label} />
    </span>
  );
  return (
    <>
      <Section title={t("buyerTitle")}>
        <dl className="grid grid-cols-[8rem_1fr] gap-x-3 gap-y-1.5 text-base">
          <Fact name={t("buyer")}>{order.buyerName}</Fact>
          <Fact name={t("phone")}>{order.buyerPhone === null ? null : copied(order.buyerPhone, t("copyPhone"))}</Fact>
          <Fact name={t("email")}>{order.buyerEmail}</Fact>
          <Fact name={t("city")}>{order.city}</Fact>
          <Fact name={t("address")}>{order.address}</Fact>
          <Fact name={t("comment")}>{order.comment}</Fact>
          {[order.buyerName, order.buyerPhone, order.buyerEmail, order.city, order.address, order.comment].every((value) => value === null) ? (
            <p className="col-span-2 text-ink-muted">{t("buyerUnknown")}</p>
          ) : null}
        </dl>
      </Section>
      <Section title={t("deliveryTitle")}>
        <dl className="grid grid-cols-[8rem_1fr] gap-x-3 gap-y-1.5 text-base">
          <Fact name={t("record")}>{order.recordNumber === null ? null : copied(order.recordNumber, t("copyRecord"))}</Fact>
          <Fact name={t("placed")}>{moment(order.placedAt)}</Fact>
          <Fact name={t("shipBy")}>{moment(order.shipBy)}</Fact>
          <Fact name={t("method")}>{order.deliveryMethod}</Fact>
          <Fact name={t("carrier")}>{order.carrier}</Fact>
          <Fact name={t("tracking")}>{order.trackingNumber === null ? null : copied(order.trackingNumber, t("copyTracking"))}</Fact>
          <Fact name={t("shipment")}>{order.shipmentStatus}</Fact>
          <Fact name={t("shipped")}>{moment(order.shippedAt)}</Fact>
          <Fact name={t("delivered")}>{moment(order.deliveredAt)}</Fact>
          <Fact name={t("cancelled")}>{order.state === "cancelled" ? moment(order.cancelledAt) : null}</Fact>
          <Fact name={t("reason")}>{order.cancelReason}</Fact>
          <Fact name={t("payment")}>{order.payment === null ? null : payments(order.payment)}</Fact>
          <Fact name={t("paid")}>{moment(order.paidAt)}</Fact>
          <Fact name={t("known")}>{<RelativeTime value={order.sourceVersionAt} />}</Fact>
        </dl>
      </Section>
    </>
  );
}

function moment(at: Date | null): ReactNode {
  return at === null ? null : <DateTime value={at} className="tabular" />;
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  if (children === null || children === "") return null;
  return (
    <>
      <dt className="text-ink-muted">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  );
}
