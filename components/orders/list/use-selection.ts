"use client";

import { useCallback, useMemo, useRef, useState } from "react";

interface Chosen {
  /** The list it was made in: another list begins with nothing. */
  readonly list: string;
  readonly ids: ReadonlySet<string>;
  readonly anchor: string | null;
}

const nothing = (list: string): Chosen => ({ list, ids: new Set(), anchor: null });

/** What is ticked in a list. `list` names what it shows; with another list the ticks are gone. */
export function useSelection(list: string, order: readonly string[]) {
  const [state, setState] = useState<Chosen>(() => nothing(list));
  const chosen = useMemo(() => (state.list === list ? state : nothing(list)), [state, list]);
  const latest = useRef({ list, order });
  latest.current = { list, order };
  const change = useCallback((how: (now: Chosen) => Chosen) => {
    setState((now) => how(now.list === latest.current.list ? now : nothing(latest.current.list)));
  }, []);
  const toggle = useCallback(
    (id: string) =>
      change((now) => {
        const ids = new Set(now.ids);
        if (!ids.delete(id)) ids.add(id);
        return { ...now, ids, anchor: id };
      }),
    [change],
  );
  const extendTo = useCallback(
    (id: string) =>
      change((now) => {
        const { order: rows } = latest.current;
        const [start, end] = [now.anchor === null ? -1 : rows.indexOf(now.anchor), rows.indexOf(id)];
        const stretch = start === -1 || end === -1 ? [id] : rows.slice(Math.min(start, end), Math.max(start, end) + 1);
        return { ...now, ids: new Set([...now.ids, ...stretch]), anchor: id };
      }),
    [change],
  );
  const chooseAll = useCallback(() => change((now) => ({ ...now, ids: new Set(latest.current.order) })), [change]);
  const clear = useCallback(() => change((now) => nothing(now.list)), [change]);
  return { ids: chosen.ids, toggle, extendTo, chooseAll, clear };
}

export type Selection = ReturnType<typeof useSelection>;
