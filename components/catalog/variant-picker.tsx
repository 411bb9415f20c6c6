"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { QueryContent } from "@/components/layout/query-content";
import { useTRPC } from "@/components/providers/trpc-provider";
import { Dialog } from "@/components/ui/dialog";
import { SearchInput } from "@/components/ui/search-input";
import { SkeletonRows } from "@/components/ui/skeleton";
import { useSettled } from "./use-settled";

export interface VariantPickerProps {
  readonly title: string;
  readonly description: string;
  /** Not offered. */
  readonly except?: string | undefined;
  readonly pending: boolean;
  readonly onPick: (variantId: string, name: string) => void;
  readonly onClose: () => void;
}

/** One variant of all, found by its name, article or barcode. */
export function VariantPicker({ title, description, except, pending, onPick, onClose }: VariantPickerProps) {
  const t = useTranslations("catalog.picker");
  const trpc = useTRPC();
  const [text, setText] = useState("");
  const search = useSettled(text.trim(), 200);
  const found = useQuery(
    trpc.catalog.variants.list.queryOptions({ show: "all", limit: 20, ...(search === "" ? {} : { search }) }, { placeholderData: (before) => before }),
  );
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={title} description={description} width="md">
      <div className="flex flex-col gap-3">
        <SearchInput label={t("search")} value={text} size="md" onValueChange={setText} />
        <QueryContent query={found} skeleton={<SkeletonRows rows={4} className="h-11" />}>
          {({ variants }) => {
            const shown = variants.filter((variant) => variant.id !== except);
            if (shown.length === 0) return <p className="py-6 text-center text-ink-muted">{t("nothing")}</p>;
            return (
              <ul className="divide-y rounded-lg border" aria-label={t("results")}>
                {shown.map((variant) => (
                  <li key={variant.id}>
                    <button
                      type="button"
                      disabled={pending}
                      onClick={() => onPick(variant.id, variant.name)}
                      className="focus-inset flex w-full flex-col px-3 py-2 text-left hover:bg-hover disabled:opacity-55"
                    >
                      <span className="w-full truncate font-medium">{variant.name}</span>
                      <span className="tabular w-full truncate text-sm text-ink-muted">{variant.sku}</span>
                    </button>
                  </li>
                ))}
              </ul>
            );
          }}
        </QueryContent>
      </div>
    </Dialog>
  );
}
