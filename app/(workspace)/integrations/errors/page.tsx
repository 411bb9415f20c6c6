import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { requirePermission } from "@/app/session";
import { ErrorCatalogue } from "@/components/integrations";
import { loadExplanations } from "@/lib/i18n/error-explanations";
import { isLocale } from "@/lib/i18n/locales";
import { listErrorCodes } from "@/server/integrations/index";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("integrations.errors");
  return { title: t("title") };
}

export default async function ErrorsPage() {
  await requirePermission("connections.read", "/integrations/errors");
  const locale = await getLocale();
  const explanations = await loadExplanations(isLocale(locale) ? locale : "en");
  const entries = listErrorCodes().flatMap(({ explainedBy, ...entry }) => {
    const text = explainedBy.map((key) => explanations.get(key)).find((found) => found !== undefined);
    return text === undefined ? [] : [{ ...entry, ...text }];
  });
  return <ErrorCatalogue entries={entries} />;
}
