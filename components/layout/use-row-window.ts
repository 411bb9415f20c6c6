"use client";

import { type RefObject, useCallback, useLayoutEffect, useState } from "react";
import { rowsToDraw, type Sight, scrollShowing, sightAt } from "./row-window";

export interface RowWindow {
  readonly count: number;
  readonly rowHeight: number;
  /** From this row up to, not including, `end`; both 0 until the list has been measured. */
  readonly first: number;
  readonly end: number;
  /** Scrolls as little as possible until the row is in sight. */
  show(index: number): void;
}

/** Which rows of a long list to draw: all are of one height, so nothing but the scroller has to be measured. */
export function useRowWindow(scroller: RefObject<HTMLElement | null>, count: number, rowHeight: number): RowWindow {
  const [sight, setSight] = useState<Sight | null>(null);
  const look = useCallback(() => {
    const element = scroller.current;
    if (element === null) return;
    const seen = sightAt(element.scrollTop, element.clientHeight, rowHeight);
    setSight((before) => (before?.top === seen.top && before.fitting === seen.fitting ? before : seen));
  }, [scroller, rowHeight]);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    look();
    element.addEventListener("scroll", look, { passive: true });
    const resizes = new ResizeObserver(look);
    resizes.observe(element);
    return () => {
      element.removeEventListener("scroll", look);
      resizes.disconnect();
    };
  }, [scroller, look]);
  const show = useCallback(
    (index: number) => {
      const element = scroller.current;
      if (element === null) return;
      element.scrollTop = scrollShowing(index, element.scrollTop, element.clientHeight, rowHeight);
      look();
    },
    [scroller, rowHeight, look],
  );
  return { count, rowHeight, show, ...(sight === null ? { first: 0, end: 0 } : rowsToDraw(sight, count)) };
}
