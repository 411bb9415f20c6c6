import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Hydrated } from "@/app/hydrated";
import { requirePermission } from "@/app/session";
import { TransportsView } from "@/components/settings";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("settings.sections"))("transports") };
}

export default async function Page() {
  await requirePermission("workspace.manage", "/settings/transports");
  return (
    <Hydrated prefetch={(api, client) => [client.prefetchQuery(api.notifications.transports.list.queryOptions())]}>
      <TransportsView />
    </Hydrated>
  );
}
