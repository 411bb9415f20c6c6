"use client";

import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { QueryError } from "@/components/layout/query-error";
import { useTRPC } from "@/components/providers/trpc-provider";
import { CopyButton } from "@/components/ui/copy-button";
import { Drawer } from "@/components/ui/drawer";
import { IconButton } from "@/components/ui/icon-button";
import { LabelChip } from "@/components/ui/label-chip";
import { Skeleton } from "@/components/ui/skeleton";
import type { ConversationSummary } from "@/server/inbox/schema";
import type { ConversationContext } from "@/server/inbox/team/schema";
import { DetailSection } from "./detail-section";
import { EarlierList } from "./earlier-list";
import { FollowUpList } from "./follow-up-list";
import { SaleLines } from "./sale-lines";

export interface DetailsProps {
  readonly conversation: ConversationSummary;
  /** Beside the thread; otherwise over it. */
  readonly beside: boolean;
  readonly onClose: () => void;
  readonly onOpen: ((conversationId: string) => void) | undefined;
}

/** What stands behind a conversation: the buyer, the order, the product, what is planned. */
export function Details({ conversation, beside, onClose, onOpen }: DetailsProps) {
  const t = useTranslations("thread.details");
  const body = <DetailsBody conversation={conversation} onOpen={onOpen} />;
  if (!beside) {
    return (
      <Drawer open onOpenChange={(open) => (open ? undefined : onClose())} title={t("title")}>
        {body}
      </Drawer>
    );
  }
  return (
    <aside aria-label={t("title")} className="flex w-80 shrink-0 flex-col border-l bg-surface">
      <header className="flex min-h-14 items-center justify-between border-b px-4">
        <h2 className="text-base font-semibold">{t("title")}</h2>
        <IconButton size="sm" label={t("hide")} icon={<X />} onClick={onClose} />
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto px-4 py-4">{body}</div>
    </aside>
  );
}

function DetailsBody({ conversation, onOpen }: Pick<DetailsProps, "conversation" | "onOpen">) {
  const trpc = useTRPC();
  const { data, error, refetch } = useQuery(trpc.inbox.context.queryOptions({ conversationId: conversation.id }));
  if (error !== null && data === undefined) return <QueryError error={error} onRetry={() => void refetch()} className="px-0 py-8" />;
  if (data === undefined) return <DetailsSkeleton />;
  return (
    <div className="flex flex-col divide-y *:py-4 *:first:pt-0 *:last:pb-0">
      <Buyer context={data} />
      {data.orderNumber === null ? null : <Order order={data.orderNumber} sales={data.sales} />}
      {data.product === null ? null : <Product product={data.product} />}
      {conversation.labels.length === 0 ? null : <Labels conversation={conversation} />}
      <FollowUpList conversationId={conversation.id} />
      <EarlierList earlier={data.earlier} onOpen={onOpen} />
    </div>
  );
}

function Buyer({ context }: { readonly context: ConversationContext }) {
  const t = useTranslations("thread.details");
  const { name, ref } = context.buyer;
  return (
    <DetailSection title={t("buyer")}>
      {name === null ? <p className="text-sm text-pretty text-ink-muted">{t("nameless")}</p> : <p className="text-base font-medium">{name}</p>}
      {ref === null ? null : (
        <p className="flex items-center gap-1 text-sm text-ink-muted">
          <span className="tabular min-w-0 truncate">{ref}</span>
          <CopyButton value={ref} label={t("copyBuyer")} />
        </p>
      )}
    </DetailSection>
  );
}

function Order({ order, sales }: { readonly order: string; readonly sales: ConversationContext["sales"] }) {
  const t = useTranslations("thread.details");
  const copy = useTranslations("inbox");
  return (
    <DetailSection title={t("order")}>
      <p className="flex items-center gap-1">
        <span className="tabular min-w-0 truncate text-base font-medium">{order}</span>
        <CopyButton value={order} label={copy("copyOrder")} />
      </p>
      {sales === null ? null : <SaleLines sales={sales} />}
    </DetailSection>
  );
}

function Product({ product }: { readonly product: NonNullable<ConversationContext["product"]> }) {
  const t = useTranslations("thread.details");
  const { name, sku, offerId } = product;
  return (
    <DetailSection title={t("product")}>
      <p className="text-base text-pretty">{name ?? t("unnamedProduct")}</p>
      <dl className="mt-1 grid grid-cols-[auto_1fr] gap-x-2 text-sm text-ink-muted">
        {sku === null ? null : <Fact name="SKU" value={sku} />}
        {offerId === null ? null : <Fact name={t("offer")} value={offerId} />}
      </dl>
    </DetailSection>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <>
      <dt className="text-ink-faint">{name}</dt>
      <dd className="tabular truncate">{value}</dd>
    </>
  );
}

function Labels({ conversation }: { readonly conversation: ConversationSummary }) {
  const t = useTranslations("thread.labels");
  return (
    <DetailSection title={t("title")}>
      <p className="flex flex-wrap gap-1.5">
        {conversation.labels.map((label) => (
          <LabelChip key={label.id} name={label.name} color={label.color} className="max-w-full" />
        ))}
      </p>
    </DetailSection>
  );
}

function DetailsSkeleton() {
  return (
    <div aria-busy="true" className="flex flex-col gap-3">
      {["w-16", "w-40", "w-16", "w-56", "w-48", "w-16", "w-52"].map((width, index) => (
        <Skeleton key={`${width}-${index}`} className={`h-4 ${width}`} />
      ))}
    </div>
  );
}
