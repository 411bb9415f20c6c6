import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requirePermission } from "@/app/session";
import { ShortcutsView } from "@/components/settings";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("settings.sections"))("shortcuts") };
}

export default async function Page() {
  await requirePermission("profile.own", "/settings/shortcuts");
  return <ShortcutsView />;
}
