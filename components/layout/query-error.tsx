"use client";

import { RotateCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { useErrorText } from "../providers/use-error-text";
import { Button } from "../ui/button";
import { ErrorState } from "../ui/error-state";

export interface QueryErrorProps {
  readonly error: unknown;
  /** What could not be shown: "Conversations could not be loaded". */
  readonly title?: string | undefined;
  readonly onRetry?: (() => void) | undefined;
  readonly heading?: "h1" | "p" | undefined;
  readonly className?: string | undefined;
}

/** A failed query in the place of its content, in words, with its request id. */
export function QueryError({ error, title, onRetry, heading, className }: QueryErrorProps) {
  const t = useTranslations("common");
  const { text, requestId } = useErrorText()(error);
  const retry =
    onRetry === undefined ? undefined : (
      <Button icon={<RotateCw />} onClick={onRetry}>
        {t("tryAgain")}
      </Button>
    );
  return <ErrorState title={title ?? t("loadFailed")} description={text} action={retry} requestId={requestId} heading={heading} className={className} />;
}
