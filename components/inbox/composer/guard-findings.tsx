"use client";

import { ShieldAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import type { Finding } from "@/server/moderation/schema";
import type { GuardState } from "./use-guard";

export interface GuardFindingsProps {
  readonly guard: GuardState;
  readonly onUseClean: (clean: string) => void;
  /** For those who may let it pass. */
  readonly onOverride?: (() => void) | undefined;
}

const SHOWN = 3;

/** What the marketplace forbids in this text, why, and how to say it instead. */
export function GuardFindings({ guard, onUseClean, onOverride }: GuardFindingsProps) {
  const t = useTranslations("moderation");
  const word = useTranslations("thread.guard");
  const { findings, clean } = guard;
  const suggestion = clean === null || clean.trim() === "" ? null : clean;
  return (
    <div role="status" className="empty:hidden">
      {findings.length === 0 ? null : (
        <section aria-label={t("title")} className="flex gap-2.5 rounded-md border border-failed/45 bg-surface px-3 py-2 text-sm">
          <ShieldAlert className="mt-0.5 size-4 shrink-0 text-failed-text" aria-hidden="true" />
          <div className="min-w-0 flex-1">
            <p className="font-medium text-failed-text">{t("found", { count: findings.length })}</p>
            <ul>
              {findings.slice(0, SHOWN).map((finding) => (
                <Line key={`${finding.start}-${finding.reason}`} finding={finding} />
              ))}
            </ul>
            {findings.length > SHOWN ? <p className="text-ink-faint">{word("more", { count: findings.length - SHOWN })}</p> : null}
            {suggestion === null ? null : (
              <p className="mt-1.5 text-pretty">
                <span className="text-ink-faint">{t("cleanTitle")}:</span> {suggestion}
              </p>
            )}
            {suggestion === null && onOverride === undefined ? null : (
              <p className="mt-2 flex flex-wrap items-center gap-2">
                {suggestion === null ? null : (
                  <Button size="sm" onClick={() => onUseClean(suggestion)}>
                    {t("useClean")}
                  </Button>
                )}
                {onOverride === undefined ? null : (
                  <Button size="sm" variant="ghost" onClick={onOverride}>
                    {word("override")}
                  </Button>
                )}
              </p>
            )}
          </div>
        </section>
      )}
    </div>
  );
}

function Line({ finding }: { readonly finding: Finding }) {
  const t = useTranslations("moderation");
  return (
    <li className="text-pretty text-ink-muted">
      <q className="font-medium break-all text-ink">{finding.matched.length > 60 ? `${finding.matched.slice(0, 60)}…` : finding.matched}</q> —{" "}
      {t(`reasons.${finding.reason}`)} {t(`kinds.${finding.kind}.why`)}
    </li>
  );
}
