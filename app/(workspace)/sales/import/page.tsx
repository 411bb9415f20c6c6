import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requirePermission } from "@/app/session";
import { ImportScreen } from "@/components/sales";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("sales-import");
  return { title: t("title") };
}

export default async function ImportSalesPage() {
  await requirePermission("sales.export", "/sales/import");
  return <ImportScreen />;
}
