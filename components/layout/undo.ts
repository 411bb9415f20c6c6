"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { toast } from "../ui/toast";

export interface UndoOffer {
  readonly description?: string | undefined;
  /** How long it can be taken back; absent = as long as the toast stays. */
  readonly forMs?: number | undefined;
  readonly undo: () => void;
}

const STAYS_MS = 6_000;

interface Offer {
  readonly toastId: string;
  readonly undo: () => void;
  readonly until: number;
  /** It makes room for the next offer. */
  readonly givesWay: boolean;
}

let last: Offer | undefined;

/** Takes back what was offered last, while it still can be: the key for undo. */
export function undoLast(): void {
  const offer = last;
  last = undefined;
  if (offer === undefined || Date.now() > offer.until) return;
  toast.close(offer.toastId);
  offer.undo();
}

/** Says what was done and offers to take it back, by the toast's button or by the key. */
export function useOfferUndo(): (title: string, offer: UndoOffer) => void {
  const t = useTranslations("common");
  return useCallback(
    (title, { description, forMs, undo }) => {
      const stays = forMs ?? STAYS_MS;
      // Offers do not pile up; only what has a time of its own, a message held back, keeps its offer until then.
      if (last?.givesWay === true) toast.close(last.toastId);
      const run = () => {
        last = undefined;
        undo();
      };
      const toastId = toast.done(title, { description, forMs: stays, action: { label: t("undo"), onPress: run } });
      last = { toastId, undo, until: Date.now() + stays, givesWay: forMs === undefined };
    },
    [t],
  );
}
