import type { ReactNode } from "react";

/** Long enough not to flicker while the pointer crosses the page. */
const DELAY_MS = 450;
/** Who has just read one hint gets the neighbour's at once. */
const GROUP_MS = 400;

export interface Tip {
  readonly anchor: Element;
  readonly content: ReactNode;
  readonly keys?: readonly string[] | undefined;
  readonly side: "top" | "right" | "bottom" | "left";
}

/** The one hint of the page: at most one is shown, whatever is pointed at. */
export class TipBoard {
  private readonly listeners = new Set<() => void>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private shown: Tip | undefined;
  private next: Tip | undefined;
  private hiddenAt = Number.NEGATIVE_INFINITY;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly current = (): Tip | undefined => this.shown;

  show(tip: Tip): void {
    clearTimeout(this.timer);
    this.next = tip;
    if (this.shown !== undefined || performance.now() - this.hiddenAt < GROUP_MS) this.put(tip);
    else this.timer = setTimeout(() => this.put(tip), DELAY_MS);
  }

  /** Takes the hint of this element away; another element's stays. */
  hide(anchor: Element): void {
    if (this.next?.anchor !== anchor) return;
    clearTimeout(this.timer);
    this.next = undefined;
    if (this.shown === undefined) return;
    this.hiddenAt = performance.now();
    this.put(undefined);
  }

  private put(tip: Tip | undefined): void {
    this.shown = tip;
    for (const listener of this.listeners) listener();
  }
}

export const tips = new TipBoard();
