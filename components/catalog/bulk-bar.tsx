"use client";

import { useMutation } from "@tanstack/react-query";
import { Percent, RefreshCw, ShieldHalf, ToggleLeft, ToggleRight, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { useTRPC } from "@/components/providers/trpc-provider";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import type { VariantView } from "@/server/catalog/schema";
import { changedBy, piecesFromText } from "./amounts";
import { useCatalogChange } from "./use-catalog-change";

export interface BulkBarProps {
  readonly variants: readonly VariantView[];
  readonly onClear: () => void;
}

const MOST_LISTINGS = 1_000;

/** What can be done with everything that is ticked. */
export function BulkBar({ variants, onClear }: BulkBarProps) {
  const t = useTranslations("catalog.bulk");
  const trpc = useTRPC();
  const { onSuccess, onError } = useCatalogChange();
  const [dialog, setDialog] = useState<"buffer" | "price" | null>(null);
  const offers = variants.flatMap((variant) => variant.offers).slice(0, MOST_LISTINGS);
  const productIds = offers.map((offer) => offer.id);
  const done = (text: string) => ({
    onError,
    onSuccess: () => {
      toast.done(text);
      setDialog(null);
      return onSuccess();
    },
  });
  const change = useMutation(trpc.catalog.listings.change.mutationOptions(done(t("changed", { count: productIds.length }))));
  const again = useMutation(trpc.catalog.listings.pushAgain.mutationOptions(done(t("asked", { count: productIds.length }))));
  const prices = useMutation(trpc.catalog.listings.setPrices.mutationOptions(done(t("priced"))));
  const none = productIds.length === 0;
  const reprice = (percent: number) => {
    const changes = offers.flatMap((offer) => {
      const from = offer.price.wantedMinor ?? offer.price.remoteMinor;
      return from === null || offer.price.currency === null
        ? []
        : [
            {
              productId: offer.id,
              priceMinor: changedBy(from, percent),
              oldMinor: offer.price.wantedMinor === null ? offer.price.remoteOldMinor : offer.price.wantedOldMinor,
            },
          ];
    });
    if (changes.length === 0) toast.info(t("noPrices"));
    else prices.mutate({ prices: changes });
  };
  return (
    <div className="flex w-full flex-wrap items-center gap-2">
      <span className="tabular text-sm font-medium">{t("selected", { count: variants.length })}</span>
      <Button size="sm" icon={<ToggleRight />} disabled={none} onClick={() => change.mutate({ productIds, isStockPushed: true })}>
        {t("writeOn")}
      </Button>
      <Button size="sm" icon={<ToggleLeft />} disabled={none} onClick={() => change.mutate({ productIds, isStockPushed: false })}>
        {t("writeOff")}
      </Button>
      <Button size="sm" icon={<ShieldHalf />} disabled={none} onClick={() => setDialog("buffer")}>
        {t("buffer")}
      </Button>
      <Button size="sm" icon={<Percent />} disabled={none} onClick={() => setDialog("price")}>
        {t("price")}
      </Button>
      <Button size="sm" icon={<RefreshCw />} disabled={none} pending={again.isPending} onClick={() => again.mutate({ productIds, kind: "stock" })}>
        {t("again")}
      </Button>
      <IconButton size="sm" className="ml-auto" label={t("clear")} icon={<X />} onClick={onClear} />
      {dialog === "buffer" ? (
        <NumberDialog
          title={t("bufferTitle", { count: productIds.length })}
          label={t("bufferLabel")}
          help={t("bufferHelp")}
          confirm={t("apply")}
          pending={change.isPending}
          read={(text) => (text.trim() === "" ? null : (piecesFromText(text) ?? undefined))}
          wrong={t("bufferWrong")}
          onClose={() => setDialog(null)}
          onConfirm={(buffer) => change.mutate({ productIds, buffer })}
        />
      ) : null}
      {dialog === "price" ? (
        <NumberDialog
          title={t("priceTitle", { count: productIds.length })}
          label={t("priceLabel")}
          help={t("priceHelp")}
          confirm={t("apply")}
          pending={prices.isPending}
          read={percentFromText}
          wrong={t("priceWrong")}
          onClose={() => setDialog(null)}
          onConfirm={(percent) => percent !== null && reprice(percent)}
        />
      ) : null}
    </div>
  );
}

/** "+5", "-12,5": between −90 and +300. */
function percentFromText(text: string): number | undefined {
  const plain = text.replace(/[\s%]/g, "").replace(",", ".").replace("−", "-");
  if (!/^[+-]?\d{1,3}(\.\d{1,2})?$/.test(plain)) return undefined;
  const percent = Number(plain);
  return percent >= -90 && percent <= 300 && percent !== 0 ? percent : undefined;
}

interface NumberDialogProps {
  readonly title: string;
  readonly label: string;
  readonly help: ReactNode;
  readonly confirm: string;
  readonly wrong: string;
  readonly pending: boolean;
  /** undefined = cannot be read. */
  readonly read: (text: string) => number | null | undefined;
  readonly onConfirm: (value: number | null) => void;
  readonly onClose: () => void;
}

function NumberDialog({ title, label, help, confirm, wrong, pending, read, onConfirm, onClose }: NumberDialogProps) {
  const [text, setText] = useState("");
  const [tried, setTried] = useState(false);
  const value = read(text);
  const submit = () => (value === undefined ? setTried(true) : onConfirm(value));
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={title}
      footer={
        <Button variant="primary" pending={pending} onClick={submit}>
          {confirm}
        </Button>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Field label={label} help={help} error={tried && value === undefined ? wrong : undefined}>
          <Input value={text} inputMode="text" onChange={(event) => setText(event.currentTarget.value)} />
        </Field>
      </form>
    </Dialog>
  );
}
