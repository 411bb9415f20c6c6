import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Hydrated } from "@/app/hydrated";
import { requirePermission } from "@/app/session";
import { MacrosView } from "@/components/automations";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("automations.sections"))("macros") };
}

export default async function Page() {
  await requirePermission("inbox.read", "/automations/macros");
  return (
    <Hydrated
      prefetch={(api, client) => [
        client.prefetchQuery(api.access.session.me.queryOptions()),
        client.prefetchQuery(api.integrations.connectors.queryOptions()),
        client.prefetchQuery(api.replies.macros.list.queryOptions({ query: "" })),
      ]}
    >
      <MacrosView />
    </Hydrated>
  );
}
