import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { openDefaultView, type Search } from "@/app/default-view";
import { requirePermission } from "@/app/session";
import { InboxScreen } from "@/components/inbox";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("inbox");
  return { title: t("title") };
}

export default async function InboxPage({ searchParams }: { readonly searchParams: Search }) {
  await openDefaultView(await requirePermission("inbox.read", "/inbox"), "inbox", searchParams);
  return <InboxScreen />;
}
