"use client";

import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { ChannelMark } from "@/components/ui/channel-mark";
import { RelativeTime } from "@/components/ui/date-time";
import type { ChannelView, MovementView, ReservationView } from "@/server/catalog/schema";

interface OrderLinkProps {
  readonly id: string;
  readonly number: string | null;
  readonly linked: boolean;
}

function OrderLink({ id, number, linked }: OrderLinkProps) {
  const t = useTranslations("catalog.drawer");
  const text = t("order", { number: number ?? id.slice(0, 8) });
  return linked ? (
    <Link href={`/orders/${id}`} className="text-accent-text hover:underline">
      {text}
    </Link>
  ) : (
    <span>{text}</span>
  );
}

export interface ReservationListProps {
  readonly reservations: readonly ReservationView[];
  readonly channels: readonly ChannelView[];
  readonly linked: boolean;
}

/** Orders that hold pieces, the first first: they are served in this order. */
export function ReservationList({ reservations, channels, linked }: ReservationListProps) {
  const t = useTranslations("catalog.drawer");
  if (reservations.length === 0) return <p className="text-ink-muted">{t("noReservations")}</p>;
  return (
    <ul className="divide-y rounded-lg border">
      {reservations.map((reservation) => {
        const channel = channels.find((one) => one.connectionId === reservation.connectionId);
        return (
          <li key={reservation.lineId} className="flex items-center gap-2.5 px-3 py-2">
            {channel === undefined ? null : <ChannelMark system={channel.connectorId} size="sm" label={channel.name} />}
            <span className="min-w-0 flex-1 truncate">
              <OrderLink id={reservation.orderId} number={reservation.orderNumber} linked={linked} />
            </span>
            {reservation.reservedAt === null ? null : <RelativeTime className="text-sm text-ink-faint" value={reservation.reservedAt} />}
            <span className="tabular font-medium">{t("pieces", { count: reservation.quantity })}</span>
          </li>
        );
      })}
    </ul>
  );
}

export function MovementList({ movements, linked }: { readonly movements: readonly MovementView[]; readonly linked: boolean }) {
  const t = useTranslations("catalog");
  const format = useFormatter();
  if (movements.length === 0) return <p className="text-ink-muted">{t("drawer.noMovements")}</p>;
  return (
    <ol className="divide-y rounded-lg border">
      {movements.map((movement) => (
        <li key={movement.id} className="flex items-start gap-3 px-3 py-2">
          <div className="min-w-0 flex-1">
            <p>
              {t(`stock.moved.${movement.kind}`)}
              {movement.orderId === null ? null : (
                <>
                  {" · "}
                  <OrderLink id={movement.orderId} number={movement.orderNumber} linked={linked} />
                </>
              )}
            </p>
            <p className="truncate text-sm text-ink-faint">
              <RelativeTime value={movement.at} />
              {movement.actorName === null ? null : ` · ${movement.actorName}`}
              {movement.note === null ? null : ` · ${movement.note}`}
            </p>
          </div>
          <p className="tabular text-right">
            <span className="font-medium">{format.number(movement.quantity, { signDisplay: "exceptZero" })}</span>
            <span className="block text-sm text-ink-faint">{t("drawer.after", { number: format.number(movement.onHandAfter) })}</span>
          </p>
        </li>
      ))}
    </ol>
  );
}
