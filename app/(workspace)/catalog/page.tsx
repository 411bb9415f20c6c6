import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { openDefaultView, type Search } from "@/app/default-view";
import { requirePermission } from "@/app/session";
import { CatalogScreen } from "@/components/catalog";
import { isPermitted } from "@/server/access/index";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("catalog");
  return { title: t("title") };
}

export default async function CatalogPage({ searchParams }: { readonly searchParams: Search }) {
  const session = await requirePermission("catalog.read", "/catalog");
  await openDefaultView(session, "catalog", searchParams);
  return <CatalogScreen mayWrite={isPermitted(session.role, "catalog.write")} maySeeOrders={isPermitted(session.role, "orders.read")} />;
}
