"use client";

import { Ellipsis, Link2 } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { ChannelMark } from "@/components/ui/channel-mark";
import { Checkbox } from "@/components/ui/checkbox";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuItem } from "@/components/ui/menu";
import { Money } from "@/components/ui/money";
import { Tooltip } from "@/components/ui/tooltip";
import type { ChannelView, ListingView } from "@/server/catalog/schema";

export interface ListingDeeds {
  readonly match: (productId: string, variantId: string) => void;
  readonly pick: (productId: string) => void;
  readonly make: (listing: ListingView) => void;
  readonly apart: (productId: string) => void;
  readonly auto: (productId: string) => void;
}

export interface ListingRowProps {
  readonly listing: ListingView;
  readonly channel: ChannelView | undefined;
  readonly mayWrite: boolean;
  readonly chosen: boolean;
  readonly onToggle: () => void;
  readonly deeds: ListingDeeds;
}

export function ListingRow({ listing, channel, mayWrite, chosen, onToggle, deeds }: ListingRowProps) {
  const t = useTranslations("catalog.listings");
  const format = useFormatter();
  const { price, stock } = listing;
  const marks = [
    listing.offerId === null ? null : t("article", { value: listing.offerId }),
    listing.sku === null ? null : t("number", { value: listing.sku }),
    stock.remote === null ? null : t("shows", { count: stock.remote, number: format.number(stock.remote) }),
  ].filter((part) => part !== null);
  return (
    <li data-selected={chosen || undefined} className="flex items-start gap-3 px-4 py-3 data-selected:bg-selected">
      {mayWrite ? <Checkbox className="mt-0.5" aria-label={t("select", { name: listing.name })} checked={chosen} onCheckedChange={onToggle} /> : null}
      {channel === undefined ? null : <ChannelMark system={channel.connectorId} label={channel.name} />}
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">{listing.name}</p>
        <p className="tabular truncate text-sm text-ink-muted">
          {marks.join(" · ")}
          {price.remoteMinor === null || price.currency === null ? null : (
            <>
              {marks.length === 0 ? null : " · "}
              <Money value={{ minor: price.remoteMinor, currency: price.currency }} />
            </>
          )}
        </p>
        {listing.suggestions.length === 0 ? null : (
          <ul className="mt-1.5 flex flex-wrap gap-1.5" aria-label={t("suggestions")}>
            {listing.suggestions.map((suggestion) => (
              <li key={suggestion.variantId} className="max-w-full">
                <Tooltip content={t(`reasons.${suggestion.reason}`)}>
                  <button
                    type="button"
                    disabled={!mayWrite}
                    onClick={() => deeds.match(listing.id, suggestion.variantId)}
                    className="inline-flex h-7 max-w-full items-center gap-1.5 rounded-full border border-line-strong bg-surface px-2.5 text-sm hover:bg-hover disabled:cursor-default coarse:h-9"
                  >
                    <Link2 className="size-3.5 shrink-0 text-ink-faint" aria-hidden="true" />
                    <span className="truncate">{suggestion.name}</span>
                    <span className="tabular shrink-0 text-ink-muted">{suggestion.sku}</span>
                  </button>
                </Tooltip>
              </li>
            ))}
          </ul>
        )}
      </div>
      {mayWrite ? (
        <Menu align="end" trigger={<IconButton size="sm" label={t("actions", { name: listing.name })} icon={<Ellipsis />} />}>
          <MenuItem onSelect={() => deeds.pick(listing.id)}>{t("pick")}</MenuItem>
          <MenuItem onSelect={() => deeds.make(listing)}>{t("make")}</MenuItem>
          {listing.matchedBy === "apart" ? (
            <MenuItem onSelect={() => deeds.auto(listing.id)}>{t("back")}</MenuItem>
          ) : (
            <MenuItem onSelect={() => deeds.apart(listing.id)}>{t("setApart")}</MenuItem>
          )}
        </Menu>
      ) : null}
    </li>
  );
}
