import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { currentSession } from "@/app/session";
import { SignInForm, safeReturnPath } from "@/components/auth";
import { isSetUp } from "@/server/access/index";
import { env } from "@/server/platform/env";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth.signIn"))("title") };
}

interface Props {
  readonly searchParams: Promise<{ readonly back?: string; readonly error?: string }>;
}

export default async function SignInPage({ searchParams }: Props) {
  const { back, error } = await searchParams;
  if ((await currentSession()) !== null) redirect(safeReturnPath(back));
  if (!(await isSetUp())) redirect("/setup");
  const demo = env.DEMO && env.DEMO_EMAIL !== "" ? { email: env.DEMO_EMAIL, password: env.DEMO_PASSWORD } : null;
  return <SignInForm back={safeReturnPath(back)} initialError={error} demo={demo} />;
}
