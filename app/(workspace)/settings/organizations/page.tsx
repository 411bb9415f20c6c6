import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Hydrated } from "@/app/hydrated";
import { requirePermission } from "@/app/session";
import { OrganizationsView } from "@/components/settings";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("settings.sections"))("organizations") };
}

export default async function Page() {
  await requirePermission("organizations.read", "/settings/organizations");
  return (
    <Hydrated
      prefetch={(api, client) => [
        client.prefetchQuery(api.access.organizations.list.queryOptions({ includeArchived: true })),
        client.prefetchQuery(api.access.session.me.queryOptions()),
      ]}
    >
      <OrganizationsView />
    </Hydrated>
  );
}
