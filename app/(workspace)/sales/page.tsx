import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { openDefaultView, type Search } from "@/app/default-view";
import { requirePermission } from "@/app/session";
import { SalesScreen } from "@/components/sales";
import { isPermitted } from "@/server/access/index";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("sales");
  return { title: t("title") };
}

export default async function SalesPage({ searchParams }: { readonly searchParams: Search }) {
  const session = await requirePermission("sales.read", "/sales");
  await openDefaultView(session, "sales", searchParams);
  return <SalesScreen today={todayIn(session.workspace.timeZone)} canExport={isPermitted(session.role, "sales.export")} />;
}

/** The workspace's calendar day as the instant its UTC day begins: late in the evening Moscow is a day ahead of UTC. */
function todayIn(timeZone: string): string {
  return `${new Intl.DateTimeFormat("en-CA", { timeZone }).format(new Date())}T00:00:00.000Z`;
}
