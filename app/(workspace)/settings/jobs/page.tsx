import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requirePermission } from "@/app/session";
import { JobsView } from "@/components/jobs";
import { isPermitted } from "@/server/access/index";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("settings.sections"))("jobs") };
}

export default async function Page() {
  const { role } = await requirePermission("jobs.read", "/settings/jobs");
  return <JobsView canManage={isPermitted(role, "jobs.manage")} />;
}
