import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Hydrated } from "@/app/hydrated";
import { requirePermission } from "@/app/session";
import { HoursView } from "@/components/automations";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("automations.sections"))("hours") };
}

export default async function Page() {
  await requirePermission("inbox.read", "/automations/hours");
  return (
    <Hydrated
      prefetch={(api, client) => [
        client.prefetchQuery(api.access.session.me.queryOptions()),
        client.prefetchQuery(api.deadlines.calendars.list.queryOptions()),
      ]}
    >
      <HoursView />
    </Hydrated>
  );
}
