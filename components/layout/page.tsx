import type { ReactNode } from "react";
import { cn } from "../ui/class-names";

const widths = { narrow: "max-w-3xl", normal: "max-w-5xl", wide: "max-w-7xl" } as const;

/** The margins of a page that scrolls with the document. Full-height views (the inbox) use `FullHeight` instead. */
export function Page({
  width = "normal",
  className,
  children,
}: {
  readonly width?: keyof typeof widths | undefined;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}) {
  return <div className={cn("mx-auto flex w-full flex-col gap-5 px-4 py-5 md:px-8 md:py-7", widths[width], className)}>{children}</div>;
}

/** Exactly the space the shell leaves: the panes inside scroll on their own. */
export function FullHeight({ className, children }: { readonly className?: string | undefined; readonly children: ReactNode }) {
  return <div className={cn("h-[calc(100dvh-6.5rem-env(safe-area-inset-bottom))] min-h-0 overflow-hidden bg-surface md:h-dvh", className)}>{children}</div>;
}
