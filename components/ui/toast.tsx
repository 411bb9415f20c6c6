"use client";

import { Toast as BaseToast } from "@base-ui/react/toast";
import { CircleAlert, CircleCheck, Info, X } from "lucide-react";
import { useTranslations } from "next-intl";

const manager = BaseToast.createToastManager();

export interface ToastOptions {
  readonly description?: string | undefined;
  /** One action, usually undo. */
  readonly action?: { readonly label: string; readonly onPress: () => void } | undefined;
  /** Stays so long instead of the usual time. */
  readonly forMs?: number | undefined;
}

type Kind = "done" | "info" | "failed";

/** Long enough to read and to reach the action; a failure stays until it is closed. */
const stays: Readonly<Record<Kind, number>> = { done: 5_000, info: 6_000, failed: 0 };

function show(kind: Kind, title: string, options: ToastOptions = {}): string {
  const id = manager.add({
    type: kind,
    title,
    description: options.description,
    timeout: options.forMs ?? stays[kind],
    priority: kind === "failed" ? "high" : "low",
    ...(options.action === undefined
      ? {}
      : {
          actionProps: {
            children: options.action.label,
            onClick: () => {
              options.action?.onPress();
              manager.close(id);
            },
          },
        }),
  });
  return id;
}

/**
 * Short news about what the person just did. Base UI's toasts rather than sonner's: that one writes a style tag at run
 * time, which the page's security policy forbids.
 */
export const toast = {
  done: (title: string, options?: ToastOptions) => show("done", title, options),
  info: (title: string, options?: ToastOptions) => show("info", title, options),
  failed: (title: string, options?: ToastOptions) => show("failed", title, options),
  close: (id: string) => manager.close(id),
};

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
      swipeDirection={["up", "right"]}
      className="rounded-lg border bg-raised shadow-raised transition-[opacity,translate] duration-200 ease-out data-ending-style:-translate-y-2 data-ending-style:opacity-0 data-limited:hidden data-starting-style:-translate-y-2 data-starting-style:opacity-0"
    >
      <BaseToast.Content className="flex items-start gap-2.5 py-2.5 pr-2 pl-3">
        <span className="mt-0.5">{icons[entry.type as Kind] ?? icons.info}</span>
        <div className="min-w-0 flex-1 py-px">
          <BaseToast.Title className="text-base font-medium" />
          <BaseToast.Description className="text-sm text-ink-muted" />
        </div>
        {entry.actionProps === undefined ? null : (
          <BaseToast.Action className="h-6 shrink-0 rounded-sm px-1.5 text-sm font-semibold text-accent-text hover:bg-hover" />
        )}
        <BaseToast.Close
          aria-label={t("close")}
          className="flex size-6 shrink-0 items-center justify-center rounded-sm text-ink-faint hover:bg-hover hover:text-ink"
        >
          <X className="size-3.5" />
        </BaseToast.Close>
      </BaseToast.Content>
    </BaseToast.Root>
  ));
}

/** Once, near the root of the page. At the top, because what people press next (send, save) stands at the bottom. */
export function ToastRegion() {
  const t = useTranslations("common");
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
