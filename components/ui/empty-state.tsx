import type { ReactNode } from "react";
import { cn } from "./class-names";

export interface EmptyStateProps {
  readonly icon?: ReactNode;
  /** What will appear here. */
  readonly title: ReactNode;
  /** Why it may be empty: no connection yet, a filter, a missing right, a paused sync. */
  readonly reason: ReactNode;
  /** The one thing to do about it. */
  readonly action?: ReactNode;
  /** `h1` where it is the whole page. */
  readonly heading?: "h1" | "p" | undefined;
  readonly className?: string | undefined;
}

export function EmptyState({ icon, title, reason, action, heading: Heading = "p", className }: EmptyStateProps) {
  return (
    <div className={cn("mx-auto flex max-w-md flex-col items-center px-6 py-14 text-center", className)}>
      {icon === undefined ? null : (
        <span className="mb-4 flex size-11 items-center justify-center rounded-xl border bg-sunken text-ink-muted [&_svg]:size-5">{icon}</span>
      )}
      <Heading className="text-base font-semibold">{title}</Heading>
      <p className="mt-1 text-base text-pretty text-ink-muted">{reason}</p>
      {action === undefined ? null : <div className="mt-4">{action}</div>}
    </div>
  );
}
