import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Hydrated } from "@/app/hydrated";
import { requirePermission } from "@/app/session";
import { ApiView } from "@/components/settings";
import { apiReference } from "@/server/api/index";
import { env } from "@/server/platform/env";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("settings.sections"))("api") };
}

export default async function Page() {
  await requirePermission("tokens.manage", "/settings/api");
  return (
    <Hydrated
      prefetch={(api, client) => [client.prefetchQuery(api.access.session.me.queryOptions()), client.prefetchQuery(api.api.tokens.list.queryOptions())]}
    >
      <ApiView reference={apiReference()} baseUrl={env.NEXTAUTH_URL.replace(/\/$/, "")} />
    </Hydrated>
  );
}
