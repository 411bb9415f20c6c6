"use client";

import { TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { cn } from "./class-names";
import { CopyButton } from "./copy-button";

export interface ErrorStateProps {
  /** What happened. */
  readonly title: ReactNode;
  /** What it means for the person and what to do. */
  readonly description: ReactNode;
  /** Usually "try again". */
  readonly action?: ReactNode;
  readonly requestId?: string | undefined;
  /** `h1` where it is the whole page. */
  readonly heading?: "h1" | "p" | undefined;
  readonly className?: string | undefined;
}

/** A failure that takes the place of the content. */
export function ErrorState({ title, description, action, requestId, heading: Heading = "p", className }: ErrorStateProps) {
  return (
    <div role="alert" className={cn("mx-auto flex max-w-md flex-col items-center px-6 py-14 text-center", className)}>
      <span className="mb-4 flex size-11 items-center justify-center rounded-xl bg-failed-soft text-failed-text">
        <TriangleAlert className="size-5" />
      </span>
      <Heading className="text-base font-semibold">{title}</Heading>
      <p className="mt-1 text-base text-pretty text-ink-muted">{description}</p>
      {action === undefined ? null : <div className="mt-4">{action}</div>}
      <RequestId id={requestId} className="mt-4" />
    </div>
  );
}

/** The number to quote when asking for help. */
export function RequestId({ id, className }: { readonly id?: string | undefined; readonly className?: string | undefined }) {
  const t = useTranslations("common");
  if (id === undefined || id === "") return null;
  return (
    <p className={cn("flex items-center gap-1 text-xs text-ink-faint", className)}>
      <span>{t("requestId")}</span>
      <code className="font-mono break-all">{id}</code>
      <CopyButton value={id} label={t("copyRequestId")} />
    </p>
  );
}
