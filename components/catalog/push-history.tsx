"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { ExternalLink, RefreshCw } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { QueryContent } from "@/components/layout/query-content";
import { useTRPC } from "@/components/providers/trpc-provider";
import { useErrorText } from "@/components/providers/use-error-text";
import { StatusPill, type Tone } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { RelativeTime } from "@/components/ui/date-time";
import { Money } from "@/components/ui/money";
import { SkeletonRows } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import type { OfferKind, OfferView, PushState, PushView } from "@/server/catalog/schema";
import { useCatalogChange } from "./use-catalog-change";

const tones: Readonly<Record<PushState, Tone>> = {
  sending: "accent",
  pending: "accent",
  acknowledged: "ok",
  rejected: "failed",
  unknown: "attention",
  delayed: "attention",
  superseded: "neutral",
};

export interface PushHistoryProps {
  readonly offer: OfferView;
  readonly kind: OfferKind;
  readonly shop: string;
  readonly mayWrite: boolean;
}

/** What the service shows, and the requests that told it to. */
export function PushHistory({ offer, kind, shop, mayWrite }: PushHistoryProps) {
  const t = useTranslations("catalog.pushes");
  const trpc = useTRPC();
  const change = useCatalogChange();
  const pushes = useQuery(trpc.catalog.listings.pushes.queryOptions({ productId: offer.id, kind }));
  const again = useMutation(
    trpc.catalog.listings.pushAgain.mutationOptions({
      ...change,
      onSuccess: () => {
        toast.done(t("asked"));
        return change.onSuccess();
      },
    }),
  );
  const isWritten = kind === "stock" ? offer.stock.state !== "off" && offer.stock.state !== "uncounted" : offer.price.wantedMinor !== null;
  return (
    <section className="flex flex-col text-base">
      <header className="flex items-start justify-between gap-3 border-b px-4 py-3">
        <div className="min-w-0">
          <h3 className="truncate font-semibold">{shop}</h3>
          <p className="truncate text-sm text-ink-muted">{offer.offerId ?? offer.sku ?? offer.externalId}</p>
        </div>
        {offer.url === null ? null : (
          <a href={offer.url} target="_blank" rel="noreferrer" className="inline-flex shrink-0 items-center gap-1 text-sm text-accent-text hover:underline">
            {t("openPage")}
            <ExternalLink className="size-3.5" aria-hidden="true" />
          </a>
        )}
      </header>
      {kind === "stock" ? <ServiceShows offer={offer} /> : null}
      <QueryContent query={pushes} skeleton={<SkeletonRows rows={2} className="h-10" />}>
        {({ pushes: rows }) =>
          rows.length === 0 ? (
            <p className="px-4 py-3 text-sm text-ink-muted">{isWritten ? t("noneYet") : t("off")}</p>
          ) : (
            <ol className="max-h-72 divide-y overflow-y-auto">
              {rows.map((push) => (
                <PushRow key={push.id} push={push} currency={offer.price.currency} />
              ))}
            </ol>
          )
        }
      </QueryContent>
      {mayWrite && isWritten ? (
        <footer className="border-t bg-sunken px-4 py-2">
          <Button size="sm" icon={<RefreshCw />} pending={again.isPending} onClick={() => again.mutate({ productIds: [offer.id], kind })}>
            {t("again")}
          </Button>
        </footer>
      ) : null}
    </section>
  );
}

function ServiceShows({ offer }: { readonly offer: OfferView }) {
  const t = useTranslations("catalog.pushes");
  const format = useFormatter();
  const { remote, remoteAt, marketplace } = offer.stock;
  if (remote === null && marketplace === null) return null;
  return (
    <dl className="flex flex-wrap gap-x-6 gap-y-1 border-b px-4 py-2 text-sm">
      {remote === null ? null : (
        <div className="flex gap-1.5">
          <dt className="text-ink-muted">{t("shows")}</dt>
          <dd className="tabular">
            {format.number(remote)}
            {remoteAt === null ? null : (
              <span className="text-ink-faint">
                {" · "}
                <RelativeTime value={remoteAt} />
              </span>
            )}
          </dd>
        </div>
      )}
      {marketplace === null ? null : (
        <div className="flex gap-1.5">
          <dt className="text-ink-muted">{t("marketplace")}</dt>
          <dd className="tabular">{format.number(marketplace)}</dd>
        </div>
      )}
    </dl>
  );
}

function PushRow({ push, currency }: { readonly push: PushView; readonly currency: string | null }) {
  const t = useTranslations("catalog.pushes");
  const format = useFormatter();
  const errorText = useErrorText();
  return (
    <li className="px-4 py-2">
      <div className="flex items-baseline justify-between gap-3">
        <span className="tabular font-medium">
          {push.quantity === null ? null : t("pieces", { count: push.quantity })}
          {push.priceMinor === null || currency === null ? null : <Money value={{ minor: push.priceMinor, currency }} />}
        </span>
        <StatusPill tone={tones[push.state]} active={push.state === "sending" || push.state === "pending"}>
          {t(`states.${push.state}`)}
        </StatusPill>
      </div>
      <p className="text-sm text-ink-faint">
        <RelativeTime value={push.requestedAt} />
        {push.attempts > 1 ? ` · ${t("attempts", { count: push.attempts, number: format.number(push.attempts) })}` : null}
      </p>
      {push.errorCode === null ? null : (
        <p className="text-sm text-ink-muted">
          {errorText(push.errorCode).text}
          {push.errorText === null ? null : <q className="block text-ink-faint">{push.errorText}</q>}
        </p>
      )}
    </li>
  );
}
