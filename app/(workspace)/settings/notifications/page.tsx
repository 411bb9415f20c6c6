import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Hydrated } from "@/app/hydrated";
import { requirePermission } from "@/app/session";
import { NotificationsView } from "@/components/settings";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("settings.sections"))("notifications") };
}

export default async function Page() {
  await requirePermission("notifications.own", "/settings/notifications");
  return (
    <Hydrated
      prefetch={(api, client) => [
        client.prefetchQuery(api.notifications.settings.get.queryOptions()),
        client.prefetchQuery(api.access.session.me.queryOptions()),
      ]}
    >
      <NotificationsView />
    </Hydrated>
  );
}
