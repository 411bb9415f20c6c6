import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requirePermission } from "@/app/session";
import { AddConnection } from "@/components/integrations";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("integrations");
  return { title: t("form.title") };
}

export default async function AddConnectionPage() {
  await requirePermission("connections.manage", "/integrations/new");
  return <AddConnection />;
}
