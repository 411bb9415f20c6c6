import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireMember } from "@/app/session";
import { HomeScreen } from "@/components/home";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("home");
  return { title: t("title") };
}

export default async function HomePage() {
  const session = await requireMember();
  return <HomeScreen name={session.user.name} now={new Date().toISOString()} />;
}
