import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requirePermission } from "@/app/session";
import { IntegrationsScreen } from "@/components/integrations";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("integrations");
  return { title: t("title") };
}

export default async function IntegrationsPage() {
  await requirePermission("connections.read", "/integrations");
  return <IntegrationsScreen />;
}
