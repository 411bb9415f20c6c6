"use client";

import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { CircleCheck, Layers } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useMemo, useState } from "react";
import { QueryError } from "@/components/layout/query-error";
import { useTRPC } from "@/components/providers/trpc-provider";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import { DataList } from "@/components/ui/table";
import { toast } from "@/components/ui/toast";
import type { ChannelView, ListingView } from "@/server/catalog/schema";
import { idOrNull, useCatalogFilters } from "./filters";
import { type ListingDeeds, ListingRow } from "./listing-row";
import { NewVariantDialog } from "./new-variant-dialog";
import { useCatalogChange } from "./use-catalog-change";
import { useSettled } from "./use-settled";
import { VariantPicker } from "./variant-picker";

export interface ListingListProps {
  readonly show: "unmatched" | "apart";
  readonly channels: readonly ChannelView[];
  readonly mayWrite: boolean;
  readonly filters: ReactNode;
}

function useListings(show: ListingListProps["show"]) {
  const trpc = useTRPC();
  const [{ q, shop }] = useCatalogFilters();
  const search = useSettled(q.trim(), 250).slice(0, 200);
  const connectionId = idOrNull(shop);
  return useInfiniteQuery(
    trpc.catalog.listings.list.infiniteQueryOptions(
      { show, limit: 50, ...(search === "" ? {} : { search }), ...(connectionId === null ? {} : { connectionId }) },
      { getNextPageParam: (page) => page.nextCursor ?? undefined, placeholderData: (before) => before },
    ),
  );
}

/** Listings nobody knows the variant of: each with those it may stand for. */
export function ListingList({ show, channels, mayWrite, filters }: ListingListProps) {
  const t = useTranslations("catalog.listings");
  const trpc = useTRPC();
  const { onSuccess, onError } = useCatalogChange();
  const list = useListings(show);
  const listings = useMemo(() => list.data?.pages.flatMap((page) => page.listings) ?? [], [list.data]);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const selected = listings.filter((listing) => chosen.has(listing.id)).map((listing) => listing.id);
  const [picking, setPicking] = useState<readonly string[] | null>(null);
  const [making, setMaking] = useState<ListingView | null>(null);
  const [makingAll, setMakingAll] = useState(false);
  const settled = (text: string) => {
    toast.done(text);
    setChosen(new Set());
    setPicking(null);
    setMakingAll(false);
    return onSuccess();
  };
  const match = useMutation(
    trpc.catalog.listings.match.mutationOptions({
      onError,
      onSuccess: (_, { productIds, to }) => settled(t(typeof to === "string" ? to : "matched", { count: productIds.length })),
    }),
  );
  const make = useMutation(
    trpc.catalog.variants.makeOf.mutationOptions({ onError, onSuccess: ({ variantIds }) => settled(t("made", { count: variantIds.length })) }),
  );
  const deeds: ListingDeeds = {
    match: (productId, variantId) => match.mutate({ productIds: [productId], to: { variantId } }),
    pick: (productId) => setPicking([productId]),
    make: setMaking,
    apart: (productId) => match.mutate({ productIds: [productId], to: "apart" }),
    auto: (productId) => match.mutate({ productIds: [productId], to: "auto" }),
  };
  const toggle = (id: string) => setChosen((before) => (before.has(id) ? new Set([...before].filter((one) => one !== id)) : new Set([...before, id])));
  const canMakeAll = mayWrite && show === "unmatched" && listings.length > 0;
  return (
    <DataList
      title={t(`${show}Title`)}
      count={list.isPending ? undefined : list.hasNextPage ? `${listings.length}+` : listings.length}
      actions={
        canMakeAll ? (
          <Button size="sm" icon={<Layers />} onClick={() => setMakingAll(true)}>
            {t("makeAll")}
          </Button>
        ) : undefined
      }
      filters={filters}
      bulkBar={
        selected.length === 0 ? undefined : (
          <div className="flex flex-wrap items-center gap-2">
            <span className="text-sm font-medium">{t("selected", { count: selected.length })}</span>
            <Button size="sm" pending={make.isPending} onClick={() => make.mutate({ productIds: selected })}>
              {t("makeSelected")}
            </Button>
            <Button size="sm" onClick={() => setPicking(selected)}>
              {t("pick")}
            </Button>
            <Button size="sm" pending={match.isPending} onClick={() => match.mutate({ productIds: selected, to: show === "apart" ? "auto" : "apart" })}>
              {t(show === "apart" ? "back" : "setApart")}
            </Button>
            <Button size="sm" variant="ghost" onClick={() => setChosen(new Set())}>
              {t("clear")}
            </Button>
          </div>
        )
      }
      busy={list.isPending}
      footer={
        list.hasNextPage ? (
          <Button size="sm" pending={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t("more")}
          </Button>
        ) : undefined
      }
    >
      {list.isError && listings.length === 0 ? <QueryError error={list.error} onRetry={() => void list.refetch()} /> : null}
      {list.isPending ? <SkeletonRows rows={6} className="h-16" /> : null}
      {list.isSuccess && listings.length === 0 ? <EmptyState icon={<CircleCheck />} title={t(`${show}EmptyTitle`)} reason={t(`${show}Empty`)} /> : null}
      {listings.length === 0 ? null : (
        <ul className="divide-y" aria-label={t(`${show}Title`)}>
          {listings.map((listing) => (
            <ListingRow
              key={listing.id}
              listing={listing}
              channel={channels.find((one) => one.connectionId === listing.connectionId)}
              mayWrite={mayWrite}
              chosen={chosen.has(listing.id)}
              onToggle={() => toggle(listing.id)}
              deeds={deeds}
            />
          ))}
        </ul>
      )}
      {picking === null ? null : (
        <VariantPicker
          title={t("pickTitle")}
          description={t("pickLead", { count: picking.length })}
          pending={match.isPending}
          onPick={(variantId) => match.mutate({ productIds: [...picking], to: { variantId } })}
          onClose={() => setPicking(null)}
        />
      )}
      {making === null ? null : (
        <NewVariantDialog
          productIds={[making.id]}
          draft={{ sku: making.offerId ?? making.sku ?? making.externalId, name: making.name }}
          onClose={() => setMaking(null)}
        />
      )}
      <ConfirmMakeAll
        open={makingAll}
        pending={make.isPending}
        onClose={() => setMakingAll(false)}
        onConfirm={() => make.mutate({ productIds: "unmatched" })}
      />
    </DataList>
  );
}

interface ConfirmMakeAllProps {
  readonly open: boolean;
  readonly pending: boolean;
  readonly onClose: () => void;
  readonly onConfirm: () => void;
}

function ConfirmMakeAll({ open, pending, onClose, onConfirm }: ConfirmMakeAllProps) {
  const t = useTranslations("catalog.listings");
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={t("makeAllTitle")}
      description={t("makeAllLead")}
      confirmLabel={t("makeAllConfirm")}
      pending={pending}
      onConfirm={onConfirm}
    />
  );
}
