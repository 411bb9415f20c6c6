"use client";

import { useFormatter, useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { ChannelMark } from "@/components/ui/channel-mark";
import { Checkbox } from "@/components/ui/checkbox";
import { cn } from "@/components/ui/class-names";
import { Cell, HeadCell, Table, TableHead, TableRow } from "@/components/ui/table";
import type { ChannelView, VariantView } from "@/server/catalog/schema";
import { OfferCell } from "./offer-cell";
import { Thumbnail } from "./thumbnail";

export interface VariantTableProps {
  readonly variants: readonly VariantView[];
  /** A column each. */
  readonly channels: readonly ChannelView[];
  readonly mayWrite: boolean;
  readonly chosen: ReadonlySet<string>;
  readonly onToggle: (id: string) => void;
  readonly onToggleAll: () => void;
  readonly onOpen: (id: string) => void;
}

export function VariantTable({ variants, channels, mayWrite, chosen, onToggle, onToggleAll, onOpen }: VariantTableProps) {
  const t = useTranslations("catalog");
  const count = variants.filter((variant) => chosen.has(variant.id)).length;
  return (
    <Table label={t("tableLabel")}>
      <TableHead>
        {mayWrite ? (
          <HeadCell className="w-8 pr-0">
            <Checkbox
              aria-label={t("selectAll")}
              checked={count === variants.length}
              indeterminate={count > 0 && count < variants.length}
              onCheckedChange={onToggleAll}
            />
          </HeadCell>
        ) : null}
        <HeadCell>{t("columns.variant")}</HeadCell>
        <HeadCell align="end">{t("columns.onHand")}</HeadCell>
        <HeadCell align="end">{t("columns.reserved")}</HeadCell>
        <HeadCell align="end">{t("columns.available")}</HeadCell>
        {channels.map((channel) => (
          <HeadCell key={channel.connectionId} align="end" title={t("columns.wantedAcknowledged")}>
            <span className="inline-flex items-center gap-1.5 align-middle">
              <ChannelMark system={channel.connectorId} size="sm" />
              <span className="max-w-24 truncate">{channel.name}</span>
            </span>
          </HeadCell>
        ))}
      </TableHead>
      <tbody>
        {variants.map((variant) => (
          <TableRow key={variant.id} selected={chosen.has(variant.id)}>
            {mayWrite ? (
              <Cell className="w-8 pr-0">
                <Checkbox aria-label={t("select", { name: variant.name })} checked={chosen.has(variant.id)} onCheckedChange={() => onToggle(variant.id)} />
              </Cell>
            ) : null}
            <Cell className="max-w-96">
              <VariantName variant={variant} onOpen={onOpen} />
            </Cell>
            <Figure value={variant.onHand} />
            <Figure value={variant.reserved} faint={variant.reserved === 0} />
            <Available variant={variant} />
            {channels.map((channel) => (
              <Cell key={channel.connectionId} align="end">
                <span className="inline-flex flex-col items-end gap-0.5">
                  {variant.offers
                    .filter((offer) => offer.connectionId === channel.connectionId)
                    .map((offer) => (
                      <OfferCell key={offer.id} offer={offer} shop={channel.name} mayWrite={mayWrite} />
                    ))}
                </span>
              </Cell>
            ))}
          </TableRow>
        ))}
      </tbody>
    </Table>
  );
}

function VariantName({ variant, onOpen }: { readonly variant: VariantView; readonly onOpen: (id: string) => void }) {
  return (
    <button
      type="button"
      data-variant={variant.id}
      onClick={() => onOpen(variant.id)}
      className="focus-inset flex w-full min-w-0 items-center gap-2.5 rounded-md py-0.5 text-left"
    >
      <Thumbnail />
      <span className="min-w-0">
        <span className="block truncate font-medium">{variant.name}</span>
        <span className="tabular block truncate text-xs text-ink-faint">{variant.sku}</span>
      </span>
    </button>
  );
}

function Figure({ value, faint = false }: { readonly value: number | null; readonly faint?: boolean | undefined }) {
  const format = useFormatter();
  return (
    <Cell numeric className={cn((faint || value === null) && "text-ink-faint")}>
      {value === null ? "–" : format.number(value)}
    </Cell>
  );
}

export function isShort(variant: Pick<VariantView, "onHand" | "reserved">): boolean {
  return variant.onHand !== null && variant.reserved > variant.onHand;
}

function Available({ variant }: { readonly variant: VariantView }) {
  const t = useTranslations("catalog");
  const format = useFormatter();
  if (variant.available === null)
    return (
      <Cell align="end">
        <Badge>{t("notCounted")}</Badge>
      </Cell>
    );
  return (
    <Cell numeric className="font-medium">
      {isShort(variant) ? <Badge tone="overdue">{t("short", { count: variant.reserved - (variant.onHand ?? 0) })}</Badge> : format.number(variant.available)}
    </Cell>
  );
}

/** The same on a phone: a card a variant, its channels below. */
export function VariantCards({ variants, channels, mayWrite, chosen, onToggle, onOpen }: VariantTableProps) {
  const t = useTranslations("catalog");
  const format = useFormatter();
  const number = (value: number | null) => (value === null ? "–" : format.number(value));
  return (
    <ul className="divide-y">
      {variants.map((variant) => (
        <li key={variant.id} className={cn("flex flex-col gap-2 px-4 py-3", chosen.has(variant.id) && "bg-selected")}>
          <div className="flex items-center gap-3">
            {mayWrite ? (
              <Checkbox aria-label={t("select", { name: variant.name })} checked={chosen.has(variant.id)} onCheckedChange={() => onToggle(variant.id)} />
            ) : null}
            <VariantName variant={variant} onOpen={onOpen} />
          </div>
          <dl className="tabular grid grid-cols-3 gap-2 text-sm">
            <CardFigure label={t("columns.onHand")} value={number(variant.onHand)} />
            <CardFigure label={t("columns.reserved")} value={number(variant.reserved)} />
            <CardFigure label={t("columns.available")} value={number(variant.available)} strong={isShort(variant)} />
          </dl>
          <ul className="flex flex-wrap gap-x-4 gap-y-1">
            {variant.offers.map((offer) => {
              const channel = channels.find((one) => one.connectionId === offer.connectionId);
              return channel === undefined ? null : (
                <li key={offer.id} className="inline-flex items-center gap-1">
                  <ChannelMark system={channel.connectorId} size="sm" label={channel.name} />
                  <OfferCell offer={offer} shop={channel.name} mayWrite={mayWrite} />
                </li>
              );
            })}
          </ul>
        </li>
      ))}
    </ul>
  );
}

function CardFigure({ label, value, strong = false }: { readonly label: string; readonly value: string; readonly strong?: boolean | undefined }) {
  return (
    <div>
      <dt className="text-xs text-ink-muted">{label}</dt>
      <dd className={cn(strong && "font-semibold text-overdue-text")}>{value}</dd>
    </div>
  );
}
