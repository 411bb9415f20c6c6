"use client";

import { Toast as BaseToast } from "@base-ui/react/toast";
import { CircleAlert, CircleCheck, Info, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import type { ToastKind, ToastQueue } from "./toast-queue";

const manager = BaseToast.createToastManager();

const icons = {
  done: <CircleCheck className="size-4 text-ok-text" />,
  info: <Info className="size-4 text-ink-muted" />,
  failed: <CircleAlert className="size-4 text-failed-text" />,
} as const;

function ToastList() {
  const t = useTranslations("common");
  const { toasts } = BaseToast.useToastManager();
  return toasts.map((entry) => (
    <BaseToast.Root
      key={entry.id}
      toast={entry}
      // Base UI hides a failure until it has the focus, and the closing of what lies in a stack. Ours lie open, one below the other.
      aria-hidden={false}
      swipeDirection={["up", "right"]}
      className="rounded-lg border bg-raised shadow-raised transition-[opacity,translate] duration-200 ease-out data-ending-style:-translate-y-2 data-ending-style:opacity-0 data-limited:hidden data-starting-style:-translate-y-2 data-starting-style:opacity-0"
    >
      <BaseToast.Content className="flex items-start gap-2.5 py-2.5 pr-2 pl-3">
        <span className="mt-0.5">{icons[entry.type as ToastKind] ?? icons.info}</span>
        <div className="min-w-0 flex-1 py-px">
          <BaseToast.Title className="text-base font-medium" />
          <BaseToast.Description className="text-sm text-ink-muted" />
        </div>
        {entry.actionProps === undefined ? null : (
          <BaseToast.Action className="h-6 shrink-0 rounded-sm px-1.5 text-sm font-semibold text-accent-text hover:bg-hover" />
        )}
        <BaseToast.Close
          aria-hidden={false}
          aria-label={t("close")}
          className="flex size-6 shrink-0 items-center justify-center rounded-sm text-ink-faint hover:bg-hover hover:text-ink"
        >
          <X className="size-3.5" />
        </BaseToast.Close>
      </BaseToast.Content>
    </BaseToast.Root>
  ));
}

/**
 * Shows what the queue holds. Base UI's toasts rather than sonner's: that one writes a style tag at run time, which the page's
 * security policy forbids. At the top, because what people press next (send, save) stands at the bottom.
 */
export function ToastStand({ queue }: { readonly queue: ToastQueue }) {
  const t = useTranslations("common");
  // After the region stands: a screen reader tells what is added to a region, not what it begins with.
  useEffect(() => queue.serve(manager), [queue]);
  return (
    <BaseToast.Provider toastManager={manager} limit={3}>
      <BaseToast.Portal>
        <BaseToast.Viewport
          aria-label={t("notifications")}
          className="fixed top-3 right-3 left-3 z-50 flex flex-col gap-2 outline-hidden sm:right-auto sm:left-1/2 sm:w-96 sm:-translate-x-1/2"
        >
          <ToastList />
        </BaseToast.Viewport>
      </BaseToast.Portal>
    </BaseToast.Provider>
  );
}
