"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";

interface Props {
  readonly error: Error & { readonly digest?: string };
  readonly reset: () => void;
}

/** `digest` is the number under which the server logged the cause. */
export default function PageError({ error, reset }: Props) {
  const t = useTranslations("common");
  return (
    <div className="grid min-h-[70dvh] place-items-center">
      <ErrorState
        heading="h1"
        title={t("failed.title")}
        description={t("failed.text")}
        action={<Button onClick={reset}>{t("tryAgain")}</Button>}
        requestId={error.digest}
      />
    </div>
  );
}
