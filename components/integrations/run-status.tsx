"use client";

import { useTranslations } from "next-intl";
import { StatusPill, type Tone } from "@/components/ui/badge";
import type { RunStatus } from "@/server/integrations/schema";

const tones: Readonly<Record<RunStatus, Tone>> = {
  queued: "neutral",
  running: "accent",
  succeeded: "ok",
  partial: "attention",
  failed: "failed",
  cancelled: "neutral",
};

export function RunStatusPill({ status }: { readonly status: RunStatus }) {
  const t = useTranslations("integrations.runStatus");
  return (
    <StatusPill tone={tones[status]} active={status === "running"}>
      {t(status)}
    </StatusPill>
  );
}
