import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Hydrated } from "@/app/hydrated";
import { requirePermission } from "@/app/session";
import { MembersView } from "@/components/settings";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("settings.sections"))("members") };
}

export default async function Page() {
  await requirePermission("members.read", "/settings/members");
  return (
    <Hydrated
      prefetch={(api, client) => [client.prefetchQuery(api.access.members.list.queryOptions()), client.prefetchQuery(api.access.session.me.queryOptions())]}
    >
      <MembersView />
    </Hydrated>
  );
}
