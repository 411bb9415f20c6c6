import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requirePermission } from "@/app/session";
import { InboxScreen } from "@/components/inbox";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("inbox-list");
  return { title: t("reviewsTitle") };
}

export default async function ReviewsPage() {
  await requirePermission("inbox.read", "/reviews");
  return <InboxScreen place="reviews" />;
}
