"use client";

import { ListFilter } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { type ReactElement, useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { fetchCode } from "@/components/ui/late/fetch-code";
import { Popover } from "@/components/ui/popover";
import { PickSkeleton } from "../thread/pick-skeleton";
import type { OfferedFilter } from "./use-filter-options";

const FilterPicker = dynamic(() => fetchCode(() => import("./filter-picker")).then((module) => module.FilterPicker), { loading: PickSkeleton });

/** Opens the choice of filters, or of one filter's values. */
export function FilterPopover({ name, label, trigger }: { readonly name?: OfferedFilter | undefined; readonly label: string; readonly trigger: ReactElement }) {
  const [open, setOpen] = useState(false);
  return (
    <Popover open={open} onOpenChange={setOpen} label={label} trigger={trigger}>
      <FilterPicker name={name} onDone={() => setOpen(false)} />
    </Popover>
  );
}

export function AddFilter() {
  const t = useTranslations("inbox-list.filters");
  return <FilterPopover label={t("add")} trigger={<IconButton size="sm" label={t("add")} icon={<ListFilter />} />} />;
}
