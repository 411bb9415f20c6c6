import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requirePermission } from "@/app/session";
import { ConnectionScreen } from "@/components/integrations";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("integrations");
  return { title: t("title") };
}

export default async function ConnectionPage({ params }: { readonly params: Promise<{ connectionId: string }> }) {
  const { connectionId } = await params;
  await requirePermission("connections.read", `/integrations/${connectionId}`);
  return <ConnectionScreen connectionId={connectionId} />;
}
