import type { ReactNode } from "react";
import { cn } from "./class-names";

export interface CardProps {
  readonly title?: ReactNode;
  readonly description?: ReactNode;
  readonly actions?: ReactNode;
  /** A line of buttons or notes at the bottom, on a quieter ground. */
  readonly footer?: ReactNode;
  /** `flush` when a table or list inside brings its own padding. */
  readonly padding?: "normal" | "flush" | undefined;
  readonly className?: string | undefined;
  readonly children?: ReactNode;
}

export function Card({ title, description, actions, footer, padding = "normal", className, children }: CardProps) {
  return (
    <section className={cn("overflow-hidden rounded-lg border bg-surface shadow-card", className)}>
      {title === undefined && actions === undefined ? null : (
        <header
          className={cn("flex flex-wrap items-start justify-between gap-x-4 gap-y-2 px-4 pt-3.5 sm:px-5", padding === "flush" ? "border-b pb-3.5" : "pb-0")}
        >
          <div className="min-w-0 flex-1">
            <h2 className="text-base font-semibold">{title}</h2>
            {description === undefined ? null : <p className="mt-0.5 max-w-prose text-sm text-ink-muted">{description}</p>}
          </div>
          {actions === undefined ? null : <div className="flex shrink-0 items-center gap-2">{actions}</div>}
        </header>
      )}
      {children === undefined ? null : <div className={padding === "flush" ? "" : "px-4 py-4 sm:px-5"}>{children}</div>}
      {footer === undefined ? null : (
        <footer className="flex flex-wrap items-center justify-end gap-2 border-t bg-sunken px-4 py-2.5 text-sm text-ink-muted sm:px-5">{footer}</footer>
      )}
    </section>
  );
}
