"use client";

import { useCallback, useMemo, useRef, useState } from "react";

interface Chosen {
  /** The list it was made in: another list begins with nothing. */
  readonly list: string;
  readonly ids: ReadonlySet<string>;
  readonly anchor: string | null;
  /** Everything the filter matches, loaded or not. */
  readonly everything: boolean;
}

const nothing = (list: string): Chosen => ({ list, ids: new Set(), anchor: null, everything: false });

/** The stretch of a list between two rows, both included; just the second when the first is not there. */
export function stretch(order: readonly string[], from: string | null, to: string): string[] {
  const [start, end] = [from === null ? -1 : order.indexOf(from), order.indexOf(to)];
  if (start === -1 || end === -1) return [to];
  return order.slice(Math.min(start, end), Math.max(start, end) + 1);
}

/** What is ticked in a list. `list` names what it shows; with another list the ticks are gone. */
export function useSelection(list: string, order: readonly string[]) {
  const [state, setState] = useState<Chosen>(() => nothing(list));
  const chosen = useMemo(() => (state.list === list ? state : nothing(list)), [state, list]);
  const latest = useRef({ list, order });
  latest.current = { list, order };

  const change = useCallback((how: (now: Chosen) => Partial<Chosen>) => {
    setState((state) => {
      const now = state.list === latest.current.list ? state : nothing(latest.current.list);
      return { ...now, everything: false, ...how(now) };
    });
  }, []);
  const toggle = useCallback(
    (id: string) =>
      change(({ ids }) => {
        const next = new Set(ids);
        if (!next.delete(id)) next.add(id);
        return { ids: next, anchor: id };
      }),
    [change],
  );
  const extendTo = useCallback(
    (id: string) => change(({ ids, anchor }) => ({ ids: new Set([...ids, ...stretch(latest.current.order, anchor, id)]), anchor: id })),
    [change],
  );
  const chooseAll = useCallback(() => change(() => ({ ids: new Set(latest.current.order) })), [change]);
  const chooseEverything = useCallback(() => change(() => ({ ids: new Set(latest.current.order), everything: true })), [change]);
  const clear = useCallback(() => change(() => nothing(latest.current.list)), [change]);
  return { ids: chosen.ids, everything: chosen.everything, toggle, extendTo, chooseAll, chooseEverything, clear };
}

export type Selection = ReturnType<typeof useSelection>;
