"use client";

import { useTranslations } from "next-intl";
import { Notice } from "@/components/ui/notice";
import type { Outcome } from "./use-send-test";

/** What came of a sample, in words, with the other side's own where there are some. */
export function TestOutcome({ outcome, said }: { readonly outcome: Outcome | null; readonly said: string }) {
  if (outcome === null) return null;
  if (outcome.ok) {
    return (
      <Notice tone="ok" live className="text-sm">
        {said}
      </Notice>
    );
  }
  return (
    <Notice tone="failed" live className="text-sm">
      {outcome.text}
      {outcome.remoteText === null ? null : <RemoteWords text={outcome.remoteText} />}
    </Notice>
  );
}

/** The other side's own words: never translated, so set apart. */
export function RemoteWords({ text }: { readonly text: string }) {
  const t = useTranslations("notices.log");
  return (
    <p className="mt-1 text-sm">
      {t("theySaid")} <q className="break-words font-mono text-xs">{text}</q>
    </p>
  );
}
