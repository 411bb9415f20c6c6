import { useSyncExternalStore } from "react";
import { fetchCode } from "./fetch-code";

/** A module of the kit that is fetched after the page stands: nobody opens a menu before there is one to see. */
export interface LateParts<Parts> {
  /** What is there already. */
  peek(): Parts | undefined;
  /** Fetches once; after a failure the next call tries again. */
  load(): void;
  subscribe(listener: () => void): () => void;
}

export function lateParts<Parts>(fetchParts: () => Promise<Parts>): LateParts<Parts> {
  const listeners = new Set<() => void>();
  let parts: Parts | undefined;
  let pending: Promise<void> | undefined;
  const load = () => {
    if (parts !== undefined || pending !== undefined) return;
    pending = fetchCode(fetchParts)
      .then((fetched) => {
        parts = fetched;
        for (const listener of listeners) listener();
      })
      .catch((error: unknown) => reportError(error))
      .finally(() => {
        pending = undefined;
      });
  };
  return {
    peek: () => parts,
    load,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const nothing = () => undefined;

/** The parts as soon as they are there; a component that has no use for them yet hears nothing of their arrival. */
export function useLateParts<Parts>(late: LateParts<Parts>, isWanted: boolean): Parts | undefined {
  return useSyncExternalStore(late.subscribe, isWanted ? late.peek : nothing, nothing);
}
