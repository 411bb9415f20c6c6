"use client";

import { useTranslations } from "next-intl";
import { StatusPill, type Tone } from "@/components/ui/badge";
import type { OfferState, OfferView } from "@/server/catalog/schema";

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

/** Something is under way: worth looking again soon. */
export function isMoving(offer: OfferView): boolean {
  return [offer.stock.state, offer.price.state].some((state) => MOVING.has(state) || state === "unknown" || state === "delayed");
}
