"use client";

import { useTranslations } from "next-intl";
import { PageHeader } from "../ui/page-header";
import { PasswordCard } from "./password-card";
import { SessionsCard } from "./sessions-card";

export function SecurityView() {
  const t = useTranslations("settings.security");
  return (
    <>
      <PageHeader title={t("title")} description={t("lead")} />
      <PasswordCard />
      <SessionsCard />
    </>
  );
}
