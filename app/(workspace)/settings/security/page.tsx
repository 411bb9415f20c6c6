import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Hydrated } from "@/app/hydrated";
import { requirePermission } from "@/app/session";
import { SecurityView } from "@/components/settings";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("settings.sections"))("security") };
}

export default async function Page() {
  await requirePermission("sessions.own", "/settings/security");
  return (
    <Hydrated prefetch={(api, client) => [client.prefetchQuery(api.access.session.list.queryOptions())]}>
      <SecurityView />
    </Hydrated>
  );
}
