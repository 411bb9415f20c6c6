import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Hydrated } from "@/app/hydrated";
import { requirePermission } from "@/app/session";
import { TeamsView } from "@/components/settings";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("settings.sections"))("teams") };
}

export default async function Page() {
  await requirePermission("inbox.read", "/settings/teams");
  return (
    <Hydrated
      prefetch={(api, client) => [
        client.prefetchQuery(api.access.session.me.queryOptions()),
        client.prefetchQuery(api.integrations.connectors.queryOptions()),
        client.prefetchQuery(api.inbox.teams.list.queryOptions()),
        client.prefetchQuery(api.inbox.people.list.queryOptions()),
        client.prefetchQuery(api.inbox.rules.list.queryOptions()),
        client.prefetchQuery(api.integrations.list.queryOptions()),
      ]}
    >
      <TeamsView />
    </Hydrated>
  );
}
