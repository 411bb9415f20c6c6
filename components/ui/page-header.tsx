import type { ReactNode } from "react";
import { cn } from "./class-names";

export interface PageHeaderProps {
  readonly title: ReactNode;
  /** How many there are, beside the title. */
  readonly count?: ReactNode;
  readonly description?: ReactNode;
  readonly actions?: ReactNode;
  /** Filters, tabs or saved views under the title. */
  readonly children?: ReactNode;
  readonly className?: string | undefined;
}

export function PageHeader({ title, count, description, actions, children, className }: PageHeaderProps) {
  return (
    <header className={cn("flex flex-col gap-3", className)}>
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-56 flex-1">
          <h1 className="flex items-baseline gap-2 text-xl font-semibold">
            {title}
            {count === undefined ? null : <span className="tabular text-base font-normal text-ink-faint">{count}</span>}
          </h1>
          {description === undefined ? null : <p className="mt-0.5 max-w-prose text-base text-ink-muted">{description}</p>}
        </div>
        {actions === undefined ? null : <div className="flex max-w-full flex-wrap items-center gap-2">{actions}</div>}
      </div>
      {children}
    </header>
  );
}
