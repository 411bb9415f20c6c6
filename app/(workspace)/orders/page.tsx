import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { openDefaultView, type Search } from "@/app/default-view";
import { requirePermission } from "@/app/session";
import { OrdersScreen } from "@/components/orders";
import { isPermitted } from "@/server/access/index";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("orders");
  return { title: t("title") };
}

export default async function OrdersPage({ searchParams }: { readonly searchParams: Search }) {
  const session = await requirePermission("orders.read", "/orders");
  await openDefaultView(session, "orders", searchParams);
  const { role, workspace } = session;
  return <OrdersScreen today={todayIn(workspace.timeZone)} canExport={isPermitted(role, "orders.export")} canWrite={isPermitted(role, "orders.write")} />;
}

/** The workspace's calendar day as the instant its UTC day begins. */
function todayIn(timeZone: string): string {
  return `${new Intl.DateTimeFormat("en-CA", { timeZone }).format(new Date())}T00:00:00.000Z`;
}
