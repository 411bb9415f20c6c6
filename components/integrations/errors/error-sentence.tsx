"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { useErrorText } from "@/components/providers/use-error-text";
import { EXPLAINED_NAMESPACES } from "@/server/integrations/schema";

const explained: readonly string[] = EXPLAINED_NAMESPACES;

/** Where the catalogue explains a code; null where it does not. */
export function explanationOf(code: string): string | null {
  return explained.includes(code.split(".")[0] ?? "") ? `/integrations/errors#${code}` : null;
}

/** "How to fix it", leading to the code's entry in the catalogue; nothing where there is none. */
export function ErrorHelpLink({ code }: { readonly code: string }) {
  const t = useTranslations("integrations.errors");
  const href = explanationOf(code);
  if (href === null) return null;
  return (
    <Link href={href} className="rounded-sm whitespace-nowrap text-accent-text underline underline-offset-2">
      {t("howToFix")}
    </Link>
  );
}

/** A stored code in words, with the way to its cause and remedy. */
export function ErrorSentence({ code, params }: { readonly code: string; readonly params?: Readonly<Record<string, string | number>> | undefined }) {
  const errorText = useErrorText();
  return (
    <>
      {errorText.forCode(code, params)} <ErrorHelpLink code={code} />
    </>
  );
}
