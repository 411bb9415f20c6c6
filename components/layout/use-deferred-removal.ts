"use client";

import { useCallback, useEffect, useRef, useState } from "react";
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

  const show = useCallback((id: string) => setHidden((before) => new Set([...before].filter((one) => one !== id))), []);

  /** `commit` does it for good; `show(id)` brings the row back when that fails. */
  const remove = useCallback(
    (id: string, said: string, commit: () => void) => {
      setHidden((before) => new Set([...before, id]));
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
    },
    [offerUndo, show],
  );

  return { hidden, remove, show };
}
