"use client";

import { useEffect, useState } from "react";
import { hasLocks, takeDuty } from "./tab-locks";

/** Whether this tab holds the stream for all of them. */
export function useHoldsLine(): boolean {
  const [holds, setHolds] = useState(false);
  useEffect(() => {
    const release = takeDuty("line", () => setHolds(true));
    return () => {
      release();
      setHolds(false);
    };
  }, []);
  return holds;
}

let isVoice = false;

/** Whether this tab is the one that rings. Where tabs cannot agree, the one that is looked at does. */
export function ringsHere(): boolean {
  return hasLocks() ? isVoice : isAttended();
}

/** Somebody has this tab before their eyes. */
export function isAttended(): boolean {
  return document.visibilityState === "visible" && document.hasFocus();
}

/** Asks for the voice with the first touch: before it browsers let no page make a sound. The touch may have been before this code was here. */
export function useVoiceDuty(): void {
  useEffect(() => {
    let release: () => void = () => undefined;
    const ask = () => {
      stopListening();
      release = takeDuty("voice", () => {
        isVoice = true;
      });
    };
    const stopListening = () => {
      window.removeEventListener("pointerdown", ask);
      window.removeEventListener("keydown", ask);
    };
    if (navigator.userActivation.hasBeenActive) ask();
    else {
      window.addEventListener("pointerdown", ask);
      window.addEventListener("keydown", ask);
    }
    return () => {
      stopListening();
      release();
      isVoice = false;
    };
  }, []);
}

/** Says to the other tabs that this one is being looked at, for as long as it is. */
export function useAttendedDuty(): void {
  useEffect(() => {
    let release: (() => void) | undefined;
    const update = () => {
      if (isAttended()) release ??= takeDuty("attended", () => undefined, "shared");
      else {
        release?.();
        release = undefined;
      }
    };
    update();
    window.addEventListener("focus", update);
    window.addEventListener("blur", update);
    document.addEventListener("visibilitychange", update);
    return () => {
      window.removeEventListener("focus", update);
      window.removeEventListener("blur", update);
      document.removeEventListener("visibilitychange", update);
      release?.();
    };
  }, []);
}
