"use client";

import type { NoticeEvent } from "@/server/notifications/schema";

/** What tabs of one person say to each other. */
export type TabMessage =
  | { readonly type: "event"; readonly event: NoticeEvent }
  /** The count as the server has just told it. */
  | { readonly type: "unread"; readonly unread: number };

const NAME = "karavan.notices";
let channel: BroadcastChannel | undefined;

/** Everybody else hears it; the caller does not. */
export function tellTabs(message: TabMessage): void {
  channel?.postMessage(message);
}

/** Listens to the other tabs until the returned function is called. */
export function joinTabs(onMessage: (message: TabMessage) => void): () => void {
  const own = new BroadcastChannel(NAME);
  channel = own;
  own.addEventListener("message", (event: MessageEvent<TabMessage>) => onMessage(event.data));
  return () => {
    own.close();
    if (channel === own) channel = undefined;
  };
}
