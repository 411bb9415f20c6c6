import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { SetupWizard } from "@/components/auth";
import { isSetUp } from "@/server/access/index";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth.setup"))("title") };
}

export default async function SetupPage() {
  if (await isSetUp()) redirect("/sign-in");
  return <SetupWizard />;
}
