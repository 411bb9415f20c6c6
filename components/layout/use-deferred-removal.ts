"use client";

import { useEffect, useRef, useState } from "react";
import { useErrorText } from "../providers/use-error-text";
import { toast } from "../ui/toast";
import { useOfferUndo } from "./undo";

const TAKE_BACK_MS = 8_000;

interface Pending {
  readonly timer: ReturnType<typeof setTimeout>;
  readonly commit: () => void;
}

/**
 * Removes what the server cannot bring back, yet lets people change their mind: it disappears from the screen at once and is
 * removed when the offer to undo has passed, or when the page is left.
 */
export function useDeferredRemoval() {
  const errorText = useErrorText();
  const offerUndo = useOfferUndo();
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const pending = useRef(new Map<string, Pending>());

  useEffect(() => {
    const waiting = pending.current;
    const commitAll = () => {
      for (const { timer, commit } of waiting.values()) {
        clearTimeout(timer);
        commit();
      }
      waiting.clear();
    };
    window.addEventListener("pagehide", commitAll);
    return () => {
      window.removeEventListener("pagehide", commitAll);
      commitAll();
    };
  }, []);

  const show = (id: string) => setHidden((before) => new Set([...before].filter((one) => one !== id)));

  /** `removal` does it for good (a promise, since callbacks of a page that was left are not heard any more); when it fails the row is back, and says why. */
  const remove = (id: string, said: string, removal: () => Promise<unknown>) => {
    setHidden((before) => new Set([...before, id]));
    const commit = () =>
      void removal().catch((error: unknown) => {
        show(id);
        toast.failed(errorText(error).text);
      });
    const finish = () => {
      pending.current.delete(id);
      commit();
    };
    pending.current.set(id, { timer: setTimeout(finish, TAKE_BACK_MS), commit });
    const undo = () => {
      const one = pending.current.get(id);
      if (one === undefined) return;
      clearTimeout(one.timer);
      pending.current.delete(id);
      show(id);
    };
    offerUndo(said, { forMs: TAKE_BACK_MS, undo });
  };

  return { hidden, remove };
}
