import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { Search } from "@/app/default-view";
import { requirePermission } from "@/app/session";
import { PickListSheet } from "@/components/orders";
import { pickList } from "@/server/orders/index";
import { pickListQuery } from "@/server/orders/schema";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("orders.print");
  return { title: t("title") };
}

/** Without the shell around it: what is printed is just the list. */
export default async function PrintPage({ searchParams }: { readonly searchParams: Search }) {
  const { workspaceId } = await requirePermission("orders.read", "/orders");
  const query = pickListQuery.safeParse(await searchParams);
  return <PickListSheet list={await pickList(workspaceId, query.data?.ids ?? [])} />;
}
