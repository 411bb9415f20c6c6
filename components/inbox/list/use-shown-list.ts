"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { ConversationSummary } from "@/server/inbox/schema";
import { heldOrder } from "./held-order";

/** The pointer holds the list for so long after it last moved over it. */
const POINTER_HOLD_MS = 1_500;

/**
 * The order people see. While they have scrolled, or are about to press a row, nothing moves under them: the order stays as
 * it is and what came meanwhile is counted.
 */
export function useShownList(conversations: readonly ConversationSummary[], listKey: string) {
  const [scrolledIn, setScrolledIn] = useState<string | null>(null);
  const [pointed, setPointed] = useState(false);
  const timer = useRef<number | undefined>(undefined);
  const order = useRef<{ readonly listKey: string; readonly ids: readonly string[] }>({ listKey, ids: [] });
  const holds = (scrolledIn === listKey || pointed) && order.current.listKey === listKey;
  const { rows, news } = holds ? heldOrder(order.current.ids, conversations) : { rows: conversations, news: 0 };
  useEffect(() => {
    order.current = { listKey, ids: rows.map(({ id }) => id) };
  });
  useEffect(() => () => window.clearTimeout(timer.current), []);

  const free = useCallback(() => {
    window.clearTimeout(timer.current);
    setPointed(false);
  }, []);
  const notePointer = useCallback(() => {
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(free, POINTER_HOLD_MS);
    setPointed(true);
  }, [free]);
  const release = useCallback(() => {
    free();
    setScrolledIn(null);
  }, [free]);
  const noteScroll = useCallback((top: number) => setScrolledIn(top > 8 ? listKey : null), [listKey]);
  return { listKey, rows, news, release, noteScroll, notePointer, notePointerGone: free };
}

export type ShownList = ReturnType<typeof useShownList>;
