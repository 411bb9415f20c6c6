"use client";

import { useTranslations } from "next-intl";
import { StatusPill, type Tone } from "@/components/ui/badge";
import type { OfferState } from "@/server/catalog/schema";

export const TONES: Readonly<Record<OfferState, Tone>> = {
  off: "neutral",
  uncounted: "neutral",
  same: "ok",
  waiting: "attention",
  sending: "accent",
  pending: "accent",
  delayed: "attention",
  unknown: "attention",
  rejected: "failed",
};

const MOVING: ReadonlySet<OfferState> = new Set(["waiting", "sending", "pending"]);

export function OfferStatePill({ state }: { readonly state: OfferState }) {
  const t = useTranslations("catalog.offer.states");
  return (
    <StatusPill tone={TONES[state]} active={MOVING.has(state)}>
      {t(state)}
    </StatusPill>
  );
}
