import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AcceptInvitation } from "@/components/auth";

export async function generateMetadata(): Promise<Metadata> {
  // The address holds the token: it is not told to whatever the page links to.
  return { title: (await getTranslations("auth.invite"))("title"), referrer: "no-referrer" };
}

export default async function InvitePage({ params }: { readonly params: Promise<{ readonly token: string }> }) {
  const { token } = await params;
  return <AcceptInvitation token={token} />;
}
