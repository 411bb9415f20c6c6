import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requirePermission } from "@/app/session";
import { SalesScreen } from "@/components/sales";
import { isPermitted } from "@/server/access/index";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("sales");
  return { title: t("title") };
}

export default async function SalesPage() {
  const session = await requirePermission("sales.read", "/sales");
  return <SalesScreen today={new Date().toISOString()} canExport={isPermitted(session.role, "sales.export")} />;
}
