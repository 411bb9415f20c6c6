"use client";

import { Plug } from "lucide-react";
import { useTranslations } from "next-intl";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/** A workspace without a shop has one thing to do. */
export function FirstSteps() {
  const t = useTranslations("home.first");
  return (
    <div className="rounded-lg border bg-surface shadow-card">
      <EmptyState
        icon={<Plug />}
        title={t("title")}
        reason={t("reason")}
        action={
          <ButtonLink href="/integrations/new" variant="primary">
            {t("connect")}
          </ButtonLink>
        }
      />
    </div>
  );
}
