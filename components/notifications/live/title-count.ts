"use client";

import { useEffect } from "react";
import { UNREAD_LIMIT } from "@/lib/notices";

/** "(3) Inbox · Karavan"; replaces the count a title already has. */
export function withCount(title: string, unread: number): string {
  const bare = title.replace(/^\(\d+\+?\) /, "");
  if (unread === 0) return bare;
  return `(${unread < UNREAD_LIMIT ? unread : `${UNREAD_LIMIT - 1}+`}) ${bare}`;
}

/** Keeps the count in the tab's title, also when a page brings a title of its own. */
export function useTitleCount(unread: number): void {
  useEffect(() => {
    const apply = () => {
      const wanted = withCount(document.title, unread);
      if (document.title !== wanted) document.title = wanted;
    };
    apply();
    const observer = new MutationObserver(apply);
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => observer.disconnect();
  }, [unread]);
}
