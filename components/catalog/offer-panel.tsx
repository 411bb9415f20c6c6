"use client";

import { useMutation } from "@tanstack/react-query";
import { Ellipsis } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTRPC } from "@/components/providers/trpc-provider";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ChannelMark } from "@/components/ui/channel-mark";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { Menu, MenuItem } from "@/components/ui/menu";
import { Money } from "@/components/ui/money";
import { Popover } from "@/components/ui/popover";
import { Switch } from "@/components/ui/switch";
import { toast } from "@/components/ui/toast";
import type { ChannelView, OfferKind, OfferView } from "@/server/catalog/schema";
import { amountFromText, amountToText } from "./amounts";
import { NewVariantDialog } from "./new-variant-dialog";
import { OfferStatePill } from "./offer-state";
import { PushHistory } from "./push-history";
import { useCatalogChange } from "./use-catalog-change";

export interface OfferPanelProps {
  readonly offer: OfferView;
  readonly channel: ChannelView | undefined;
  readonly mayWrite: boolean;
}

/** One listing: how it was matched, its stock and its price, each wanted beside acknowledged. */
export function OfferPanel({ offer, channel, mayWrite }: OfferPanelProps) {
  const t = useTranslations("catalog.offer");
  const trpc = useTRPC();
  const change = useCatalogChange();
  const [splitting, setSplitting] = useState(false);
  const match = useMutation(trpc.catalog.listings.match.mutationOptions(change));
  const settings = useMutation(trpc.catalog.listings.change.mutationOptions(change));
  const shop = channel?.name ?? "";
  return (
    <li className="flex flex-col gap-3 rounded-lg border bg-surface p-3">
      <header className="flex items-start gap-2.5">
        {channel === undefined ? null : <ChannelMark system={channel.connectorId} />}
        <div className="min-w-0 flex-1">
          <p className="truncate font-medium">{shop}</p>
          <p className="tabular truncate text-sm text-ink-muted">
            {[offer.offerId, offer.sku].filter((part) => part !== null).join(" · ") || offer.externalId} · {t(`matchedBy.${offer.matchedBy ?? "hand"}`)}
          </p>
        </div>
        {offer.status === null || offer.status === "active" ? null : <Badge tone="attention">{t(`statuses.${statusOf(offer.status)}`)}</Badge>}
        {mayWrite ? (
          <Menu align="end" trigger={<IconButton size="sm" label={t("actions", { shop })} icon={<Ellipsis />} />}>
            <MenuItem onSelect={() => setSplitting(true)}>{t("split")}</MenuItem>
            <MenuItem onSelect={() => match.mutate({ productIds: [offer.id], to: "apart" })}>{t("unmatch")}</MenuItem>
          </Menu>
        ) : null}
      </header>
      <StockLine offer={offer} shop={shop} mayWrite={mayWrite} />
      {mayWrite && channel?.writesStock === true ? (
        <div className="flex items-center justify-between gap-3 text-sm">
          <span className="text-ink-muted">{channel.rule.isEnabled ? t("writes") : t("shopOff")}</span>
          <Switch
            label={t("writesLabel", { shop })}
            checked={offer.isStockPushed}
            disabled={!channel.rule.isEnabled || settings.isPending}
            onCheckedChange={(isStockPushed) => settings.mutate({ productIds: [offer.id], isStockPushed })}
          />
        </div>
      ) : null}
      <PriceLine offer={offer} shop={shop} mayWrite={mayWrite && channel?.writesPrices === true} />
      {splitting ? <NewVariantDialog productIds={[offer.id]} draft={{ sku: "", name: offer.name }} onClose={() => setSplitting(false)} /> : null}
    </li>
  );
}

const STATUSES = ["active", "inactive", "archived", "rejected"] as const;

function statusOf(text: string): (typeof STATUSES)[number] {
  return STATUSES.find((known) => known === text) ?? "inactive";
}

interface LineProps {
  readonly offer: OfferView;
  readonly shop: string;
  readonly mayWrite: boolean;
}

function StockLine({ offer, shop, mayWrite }: LineProps) {
  const t = useTranslations("catalog.offer");
  const format = useFormatter();
  const { stock } = offer;
  const number = (value: number | null) => (value === null ? "–" : format.number(value));
  return (
    <dl className="tabular grid grid-cols-[1fr_1fr_auto] items-end gap-3">
      <Pair label={t("wanted")} value={number(stock.wanted)} />
      <Pair
        label={stock.state === "off" || stock.acknowledged === null ? t("shows") : t("acknowledged")}
        value={number(stock.state === "off" || stock.acknowledged === null ? stock.shown : stock.acknowledged)}
      />
      <div className="justify-self-end">
        <dt className="sr-only">{t("state")}</dt>
        <dd>
          <Requests offer={offer} kind="stock" shop={shop} mayWrite={mayWrite} />
        </dd>
      </div>
    </dl>
  );
}

function Pair({ label, value }: { readonly label: string; readonly value: ReactNode }) {
  return (
    <div>
      <dt className="text-xs text-ink-muted">{label}</dt>
      <dd className="font-medium">{value}</dd>
    </div>
  );
}

function Requests({ offer, kind, shop, mayWrite }: LineProps & { readonly kind: OfferKind }) {
  const t = useTranslations("catalog.offer");
  const [open, setOpen] = useState(false);
  const { state } = offer[kind];
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      align="end"
      label={t(kind === "stock" ? "stockRequests" : "priceRequests", { shop })}
      className="w-[min(24rem,calc(100vw-2rem))]"
      trigger={
        <Button variant="ghost" size="sm" aria-label={`${t(kind === "stock" ? "stockRequests" : "priceRequests", { shop })}: ${t(`states.${state}`)}`}>
          <OfferStatePill state={state} />
        </Button>
      }
    >
      {open ? <PushHistory offer={offer} kind={kind} shop={shop} mayWrite={mayWrite} /> : null}
    </Popover>
  );
}

function PriceLine({ offer, shop, mayWrite }: LineProps) {
  const t = useTranslations("catalog.offer");
  const [editing, setEditing] = useState(false);
  const { price } = offer;
  const { currency } = price;
  if (currency === null) return null;
  const money = (minor: bigint | null) => (minor === null ? "–" : <Money value={{ minor, currency }} />);
  return (
    <div className="flex flex-col gap-3 border-t pt-3">
      <dl className="grid grid-cols-[1fr_1fr_auto] items-end gap-3">
        <Pair label={t("wantedPrice")} value={money(price.wantedMinor)} />
        <Pair label={price.acknowledgedMinor === null ? t("showsPrice") : t("acknowledged")} value={money(price.acknowledgedMinor ?? price.remoteMinor)} />
        <div className="justify-self-end">
          <dt className="sr-only">{t("state")}</dt>
          <dd className="flex items-center gap-1">
            {price.wantedMinor === null ? null : <Requests offer={offer} kind="price" shop={shop} mayWrite={mayWrite} />}
            {mayWrite ? (
              <Button size="sm" onClick={() => setEditing(!editing)} aria-expanded={editing}>
                {t("setPrice")}
              </Button>
            ) : null}
          </dd>
        </div>
      </dl>
      {editing ? <PriceForm offer={offer} currency={currency} onDone={() => setEditing(false)} /> : null}
    </div>
  );
}

function PriceForm({ offer, currency, onDone }: { readonly offer: OfferView; readonly currency: string; readonly onDone: () => void }) {
  const t = useTranslations("catalog.offer");
  const trpc = useTRPC();
  const { onSuccess, onError } = useCatalogChange();
  const { price } = offer;
  const [text, setText] = useState(amountToText(price.wantedMinor ?? price.remoteMinor, currency));
  const [old, setOld] = useState(amountToText(price.wantedMinor === null ? price.remoteOldMinor : price.wantedOldMinor, currency));
  const [tried, setTried] = useState(false);
  const priceMinor = amountFromText(text, currency);
  const oldMinor = old.trim() === "" ? null : (amountFromText(old, currency) ?? undefined);
  const save = useMutation(
    trpc.catalog.listings.setPrices.mutationOptions({
      onError,
      onSuccess: () => {
        toast.done(t("priceSaved"));
        onDone();
        return onSuccess();
      },
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (priceMinor !== null && oldMinor !== undefined) save.mutate({ prices: [{ productId: offer.id, priceMinor, oldMinor }] });
  };
  return (
    <form onSubmit={submit} className="flex flex-wrap items-start gap-3">
      <Field label={t("price")} className="w-32" error={tried && priceMinor === null ? t("amountWrong") : undefined}>
        <Input value={text} inputMode="decimal" trailing={currency} onChange={(event) => setText(event.currentTarget.value)} />
      </Field>
      <Field label={t("oldPrice")} note={t("optional")} className="w-40" error={tried && oldMinor === undefined ? t("amountWrong") : undefined}>
        <Input value={old} inputMode="decimal" trailing={currency} onChange={(event) => setOld(event.currentTarget.value)} />
      </Field>
      <Button variant="primary" type="submit" pending={save.isPending} className="mt-6.5">
        {t("savePrice")}
      </Button>
    </form>
  );
}
