import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Hydrated } from "@/app/hydrated";
import { requirePermission } from "@/app/session";
import { LabelsView } from "@/components/settings";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("settings.sections"))("labels") };
}

export default async function Page() {
  await requirePermission("inbox.read", "/settings/labels");
  return (
    <Hydrated
      prefetch={(api, client) => [client.prefetchQuery(api.access.session.me.queryOptions()), client.prefetchQuery(api.inbox.labels.list.queryOptions())]}
    >
      <LabelsView />
    </Hydrated>
  );
}
