"use client";

import { useSyncExternalStore } from "react";

/** `unsupported`: the browser has no pop-ups, or shows them to https pages only. */
export type PopUpPermission = NotificationPermission | "unsupported";

export function readPopUpPermission(): PopUpPermission {
  return "Notification" in window && window.isSecureContext ? Notification.permission : "unsupported";
}

const listeners = new Set<() => void>();

function tellListeners(): void {
  for (const listener of listeners) listener();
}

let status: PermissionStatus | undefined;

/** Follows what the person changes in the browser's own settings, too. */
async function watchBrowser(): Promise<void> {
  if (status !== undefined || !("permissions" in navigator)) return;
  status = await navigator.permissions.query({ name: "notifications" });
  status.addEventListener("change", tellListeners);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  void watchBrowser();
  return () => listeners.delete(listener);
}

export function usePopUpPermission(): PopUpPermission {
  return useSyncExternalStore<PopUpPermission>(subscribe, readPopUpPermission, () => "default");
}

/** Only ever called from a press: browsers hold it against pages that ask unasked. */
export async function askForPopUps(): Promise<PopUpPermission> {
  const answer = await Notification.requestPermission();
  tellListeners();
  return answer;
}

export interface PopUp {
  /** The same tag replaces the former pop-up. */
  readonly tag: string;
  readonly title: string;
  readonly body: string;
  readonly silent: boolean;
  readonly onPress: () => void;
}

/** Chrome on Android has the permission, but gives pop-ups to service workers only: there the list and the sound must do. */
export function showPopUp({ tag, title, body, silent, onPress }: PopUp): void {
  const shown = open(title, { tag, body, silent });
  shown?.addEventListener("click", () => {
    window.focus();
    shown.close();
    onPress();
  });
}

function open(title: string, options: NotificationOptions): Notification | null {
  try {
    return new Notification(title, options);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}
