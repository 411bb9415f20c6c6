import type { RefObject } from "react";

/** What a surface beside its trigger needs to know, whatever it holds. */
export interface Beside {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** The trigger: the surface stands beside it, and the focus returns there. */
  readonly anchor: RefObject<HTMLElement | null>;
  readonly side: "top" | "right" | "bottom" | "left";
  readonly align: "start" | "center" | "end";
  readonly className?: string | undefined;
}

/**
 * For an open surface a press on its trigger is a press outside, which closes it before the trigger hears of the press and opens it
 * again. So the surface leaves that press to its trigger.
 */
export function closesUnlessOn(anchor: RefObject<HTMLElement | null>, onOpenChange: (open: boolean) => void) {
  return (open: boolean, details: { readonly reason: string; readonly event: Event }) => {
    const { target } = details.event;
    if (details.reason === "outside-press" && target instanceof Node && anchor.current?.contains(target) === true) return;
    onOpenChange(open);
  };
}
