"use client";

import { useState, useSyncExternalStore } from "react";

const STORED = "karavan.inbox.details";
/** From here on the thread keeps a width to read in beside the details; below they slide over it. */
const WIDE = "(min-width: 1600px)";
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  const wide = window.matchMedia(WIDE);
  wide.addEventListener("change", listener);
  listeners.add(listener);
  return () => {
    wide.removeEventListener("change", listener);
    listeners.delete(listener);
  };
}

const isWide = () => window.matchMedia(WIDE).matches;
const isWanted = () => window.localStorage.getItem(STORED) !== "closed";
const onServer = () => false;

/** Whether the details are open: beside the thread as they were left the last time, over it only when asked for. */
export function useDetails() {
  const isBeside = useSyncExternalStore(subscribe, isWide, onServer);
  const wanted = useSyncExternalStore(subscribe, isWanted, onServer);
  const [over, setOver] = useState(false);
  const isOpen = isBeside ? wanted : over;
  const toggle = () => {
    if (!isBeside) return setOver(!over);
    window.localStorage.setItem(STORED, wanted ? "closed" : "open");
    for (const listener of listeners) listener();
  };
  return { isOpen, isBeside, toggle };
}
