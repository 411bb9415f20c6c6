import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Hydrated } from "@/app/hydrated";
import { requirePermission } from "@/app/session";
import { ProfileView } from "@/components/settings";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("settings.sections"))("profile") };
}

export default async function Page() {
  await requirePermission("profile.own", "/settings/profile");
  return (
    <Hydrated prefetch={(api, client) => [client.prefetchQuery(api.access.profile.get.queryOptions())]}>
      <ProfileView />
    </Hydrated>
  );
}
