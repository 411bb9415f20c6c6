"use client";

import { useSyncExternalStore } from "react";
import { lateParts } from "./late/parts";
import type * as ToastParts from "./late/toast-parts";
import { type ToastKind, type ToastOptions, ToastQueue } from "./late/toast-queue";

export type { ToastOptions } from "./late/toast-queue";

export const toastParts = lateParts<typeof ToastParts>(() => import("./late/toast-parts"));
const queue = new ToastQueue();

function show(kind: ToastKind, title: string, options?: ToastOptions): string {
  toastParts.load();
  return queue.show(kind, title, options);
}

/** Short news about what the person just did. */
export const toast = {
  done: (title: string, options?: ToastOptions) => show("done", title, options),
  info: (title: string, options?: ToastOptions) => show("info", title, options),
  failed: (title: string, options?: ToastOptions) => show("failed", title, options),
  close: (id: string) => queue.close(id),
};

const none = () => undefined;

/** Once, near the root of the page. */
export function ToastRegion() {
  const parts = useSyncExternalStore(toastParts.subscribe, toastParts.peek, none);
  return parts === undefined ? null : <parts.ToastStand queue={queue} />;
}
