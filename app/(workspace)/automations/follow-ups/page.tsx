import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Hydrated } from "@/app/hydrated";
import { requirePermission } from "@/app/session";
import { FollowUpsView } from "@/components/automations";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("automations.sections"))("follow-ups") };
}

export default async function Page() {
  await requirePermission("inbox.read", "/automations/follow-ups");
  return (
    <Hydrated
      prefetch={(api, client) => [
        client.prefetchQuery(api.access.session.me.queryOptions()),
        client.prefetchQuery(api.integrations.connectors.queryOptions()),
        client.prefetchQuery(api.followUps.rules.queryOptions()),
        client.prefetchQuery(api.inbox.labels.list.queryOptions()),
        client.prefetchQuery(api.integrations.list.queryOptions()),
      ]}
    >
      <FollowUpsView />
    </Hydrated>
  );
}
