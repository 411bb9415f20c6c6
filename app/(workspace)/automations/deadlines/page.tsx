import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Hydrated } from "@/app/hydrated";
import { requirePermission } from "@/app/session";
import { DeadlinesView } from "@/components/automations";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("automations.sections"))("deadlines") };
}

export default async function Page() {
  await requirePermission("inbox.read", "/automations/deadlines");
  return (
    <Hydrated
      prefetch={(api, client) => [
        client.prefetchQuery(api.access.session.me.queryOptions()),
        client.prefetchQuery(api.integrations.connectors.queryOptions()),
        client.prefetchQuery(api.deadlines.policies.list.queryOptions()),
        client.prefetchQuery(api.deadlines.limits.list.queryOptions()),
        client.prefetchQuery(api.deadlines.calendars.list.queryOptions()),
        client.prefetchQuery(api.inbox.labels.list.queryOptions()),
        client.prefetchQuery(api.inbox.teams.list.queryOptions()),
        client.prefetchQuery(api.integrations.list.queryOptions()),
      ]}
    >
      <DeadlinesView />
    </Hydrated>
  );
}
