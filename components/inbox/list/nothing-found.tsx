"use client";

import { Inbox, SearchX, Star } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button, ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { hasFilters } from "./filter-model";
import { useListState, usePlace } from "./use-list-state";

/** What would be here, why it is not, and the one thing to do about it. */
export function NothingFound() {
  const t = useTranslations("inbox.empty");
  const word = useTranslations("inbox-list.empty");
  const place = usePlace();
  const { filters, saved, clear, openView } = useListState();
  if (hasFilters(filters) && saved === undefined) {
    return <EmptyState icon={<SearchX />} title={t("filteredTitle")} reason={word("filtered")} action={<Button onClick={clear}>{word("clear")}</Button>} />;
  }
  if (saved !== undefined) {
    const action = <Button onClick={() => openView("active")}>{t("showActive")}</Button>;
    return <EmptyState icon={<Inbox />} title={t("title")} reason={word("saved", { name: saved.name })} action={action} />;
  }
  const isBroad = filters.view === "active" || filters.view === "all";
  const action = isBroad ? <ButtonLink href="/integrations">{t("connect")}</ButtonLink> : <Button onClick={() => openView("active")}>{t("showActive")}</Button>;
  const reason = place === "reviews" && isBroad ? word("reviews") : word(`views.${filters.view}`);
  return <EmptyState icon={place === "reviews" ? <Star /> : <Inbox />} title={t("title")} reason={reason} action={action} />;
}
