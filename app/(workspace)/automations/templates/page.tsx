import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Hydrated } from "@/app/hydrated";
import { requirePermission } from "@/app/session";
import { TemplatesView } from "@/components/automations";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("automations.sections"))("templates") };
}

export default async function Page() {
  await requirePermission("inbox.read", "/automations/templates");
  return (
    <Hydrated
      prefetch={(api, client) => [
        client.prefetchQuery(api.access.session.me.queryOptions()),
        client.prefetchQuery(api.integrations.connectors.queryOptions()),
        client.prefetchQuery(api.replies.templates.list.queryOptions({ query: "", limit: 200 })),
      ]}
    >
      <TemplatesView />
    </Hydrated>
  );
}
