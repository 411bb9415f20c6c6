import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Hydrated } from "@/app/hydrated";
import { requirePermission } from "@/app/session";
import { WorkspaceView } from "@/components/settings";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("settings.sections"))("workspace") };
}

export default async function Page() {
  await requirePermission("workspace.read", "/settings/workspace");
  return (
    <Hydrated
      prefetch={(api, client) => [client.prefetchQuery(api.access.workspace.get.queryOptions()), client.prefetchQuery(api.access.session.me.queryOptions())]}
    >
      <WorkspaceView />
    </Hydrated>
  );
}
