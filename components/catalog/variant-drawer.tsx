"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { Archive, ArchiveRestore, Combine } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { QueryContent } from "@/components/layout/query-content";
import { useTRPC } from "@/components/providers/trpc-provider";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Drawer } from "@/components/ui/drawer";
import { SkeletonRows } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import type { ChannelView, VariantDetail } from "@/server/catalog/schema";
import { EditVariant } from "./edit-variant";
import { MovementList, ReservationList } from "./movement-list";
import { OfferPanel } from "./offer-panel";
import { StockForm } from "./stock-form";
import { useCatalogChange } from "./use-catalog-change";
import { VariantPicker } from "./variant-picker";
import { isShort } from "./variant-table";

export interface VariantDrawerProps {
  readonly variantId: string;
  readonly channels: readonly ChannelView[];
  readonly mayWrite: boolean;
  readonly maySeeOrders: boolean;
  readonly onClose: () => void;
}

/** Everything about one variant: the shelf, what shops show of it, who holds pieces, and what has moved. */
export function VariantDrawer({ variantId, channels, mayWrite, maySeeOrders, onClose }: VariantDrawerProps) {
  const t = useTranslations("catalog.drawer");
  const trpc = useTRPC();
  const variant = useQuery(trpc.catalog.variants.get.queryOptions({ variantId }));
  return (
    <Drawer
      open
      onOpenChange={(open) => !open && onClose()}
      width="lg"
      title={variant.data?.name ?? t("title")}
      description={variant.data === undefined ? undefined : variant.data.sku}
      footer={variant.data === undefined || !mayWrite ? undefined : <DrawerActions variant={variant.data} onMerged={onClose} />}
    >
      <QueryContent query={variant} skeleton={<SkeletonRows rows={6} className="h-14" />}>
        {(data) => (
          <div className="flex flex-col gap-6">
            <Shelf variant={data} />
            {mayWrite && !data.isArchived ? <StockForm variant={data} /> : null}
            <Section title={t("listings", { count: data.offers.length })}>
              {data.offers.length === 0 ? (
                <p className="text-ink-muted">{t("noListings")}</p>
              ) : (
                <ul className="flex flex-col gap-3">
                  {data.offers.map((offer) => (
                    <OfferPanel key={offer.id} offer={offer} channel={channels.find((one) => one.connectionId === offer.connectionId)} mayWrite={mayWrite} />
                  ))}
                </ul>
              )}
            </Section>
            <Section title={t("reservations", { count: data.reservations.length })}>
              <ReservationList reservations={data.reservations} channels={channels} linked={maySeeOrders} />
            </Section>
            <Section title={t("movements")}>
              <MovementList movements={data.movements} linked={maySeeOrders} />
            </Section>
          </div>
        )}
      </QueryContent>
    </Drawer>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="flex flex-col gap-2">
      <h3 className="font-semibold">{title}</h3>
      {children}
    </section>
  );
}

function Shelf({ variant }: { readonly variant: VariantDetail }) {
  const t = useTranslations("catalog");
  const format = useFormatter();
  const figure = (label: string, value: number | null) => (
    <div className="px-4 py-2.5">
      <dt className="text-sm text-ink-muted">{label}</dt>
      <dd className="tabular text-lg font-semibold">{value === null ? "–" : format.number(value)}</dd>
    </div>
  );
  return (
    <div className="flex flex-col gap-2">
      <dl className="grid grid-cols-3 divide-x rounded-lg border bg-surface">
        {figure(t("columns.onHand"), variant.onHand)}
        {figure(t("columns.reserved"), variant.reserved)}
        {figure(t("columns.available"), variant.available)}
      </dl>
      <div className="flex flex-wrap gap-1.5 empty:hidden">
        {variant.onHand === null ? <Badge>{t("notCounted")}</Badge> : null}
        {isShort(variant) ? <Badge tone="overdue">{t("short", { count: variant.reserved - (variant.onHand ?? 0) })}</Badge> : null}
        {variant.isArchived ? <Badge>{t("drawer.archived")}</Badge> : null}
        {variant.barcodes.map((barcode) => (
          <Badge key={barcode}>{barcode}</Badge>
        ))}
      </div>
    </div>
  );
}

function DrawerActions({ variant, onMerged }: { readonly variant: VariantDetail; readonly onMerged: () => void }) {
  const t = useTranslations("catalog.drawer");
  const trpc = useTRPC();
  const { onSuccess, onError } = useCatalogChange();
  const [editing, setEditing] = useState(false);
  const [merging, setMerging] = useState(false);
  const [into, setInto] = useState<{ readonly id: string; readonly name: string } | null>(null);
  const archive = useMutation(trpc.catalog.variants.edit.mutationOptions({ onSuccess, onError }));
  const merge = useMutation(
    trpc.catalog.variants.merge.mutationOptions({
      onError,
      onSuccess: () => {
        toast.done(t("merged"));
        onMerged();
        return onSuccess();
      },
    }),
  );
  return (
    <>
      <Button
        icon={variant.isArchived ? <ArchiveRestore /> : <Archive />}
        pending={archive.isPending}
        onClick={() => archive.mutate({ variantId: variant.id, isArchived: !variant.isArchived })}
      >
        {variant.isArchived ? t("restore") : t("archive")}
      </Button>
      <Button icon={<Combine />} onClick={() => setMerging(true)}>
        {t("merge")}
      </Button>
      <Button onClick={() => setEditing(true)}>{t("edit")}</Button>
      {editing ? <EditVariant variant={variant} onClose={() => setEditing(false)} /> : null}
      {merging && into === null ? (
        <VariantPicker
          title={t("mergeTitle")}
          description={t("mergeLead", { name: variant.name })}
          except={variant.id}
          pending={false}
          onPick={(id, name) => setInto({ id, name })}
          onClose={() => setMerging(false)}
        />
      ) : null}
      {into === null ? null : (
        <ConfirmDialog
          open
          onOpenChange={(open) => {
            if (open) return;
            setInto(null);
            setMerging(false);
          }}
          title={t("mergeConfirmTitle", { from: variant.name, into: into.name })}
          description={t("mergeConfirmLead")}
          confirmLabel={t("mergeConfirm")}
          pending={merge.isPending}
          onConfirm={() => merge.mutate({ variantId: variant.id, intoVariantId: into.id })}
        />
      )}
    </>
  );
}
