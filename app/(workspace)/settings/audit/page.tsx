import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requirePermission } from "@/app/session";
import { AuditView } from "@/components/settings";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("settings.sections"))("audit") };
}

export default async function Page() {
  await requirePermission("audit.read", "/settings/audit");
  return <AuditView />;
}
