"use client";

import { useQuery } from "@tanstack/react-query";
import { Package } from "lucide-react";
import { useTranslations } from "next-intl";
import { useTRPC } from "@/components/providers/trpc-provider";
import { Button, ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { isNarrowed, useOrderFilters } from "./filters";

/** What will appear here, why it may be empty, and the one thing to do about it. */
export function NoOrders() {
  const t = useTranslations("orders.empty");
  const trpc = useTRPC();
  const [state, setState] = useOrderFilters();
  const { data: connections } = useQuery(trpc.integrations.list.queryOptions());
  if (isNarrowed(state))
    return (
      <EmptyState icon={<Package />} title={t("title")} reason={t("filtered")} action={<Button onClick={() => void setState(null)}>{t("clear")}</Button>} />
    );
  if (connections?.length === 0)
    return (
      <EmptyState icon={<Package />} title={t("title")} reason={t("noConnection")} action={<ButtonLink href="/integrations/new">{t("connect")}</ButtonLink>} />
    );
  if (state.tab === "waiting")
    return (
      <EmptyState
        icon={<Package />}
        title={t("calmTitle")}
        reason={t("calm")}
        action={<Button onClick={() => void setState({ tab: "all" })}>{t("all")}</Button>}
      />
    );
  if (state.tab !== "all")
    return (
      <EmptyState
        icon={<Package />}
        title={t("title")}
        reason={t("stateEmpty")}
        action={<Button onClick={() => void setState({ tab: "all" })}>{t("all")}</Button>}
      />
    );
  return (
    <EmptyState icon={<Package />} title={t("title")} reason={t("notSynced")} action={<ButtonLink href="/integrations">{t("integrations")}</ButtonLink>} />
  );
}
