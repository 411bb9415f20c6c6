import { Compass } from "lucide-react";
import { getTranslations } from "next-intl/server";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export default async function NotFound() {
  const t = await getTranslations("common.notFound");
  return (
    <main className="grid min-h-dvh place-items-center">
      <EmptyState heading="h1" icon={<Compass />} title={t("title")} reason={t("text")} action={<ButtonLink href="/">{t("action")}</ButtonLink>} />
    </main>
  );
}
