import { cva, type VariantProps } from "class-variance-authority";
import type { ReactNode } from "react";
import { cn } from "./class-names";

export type Tone = "neutral" | "accent" | "ok" | "attention" | "overdue" | "failed";

const badgeStyle = cva("inline-flex h-5 max-w-full items-center gap-1 rounded-full px-2 text-xs font-medium whitespace-nowrap [&_svg]:size-3", {
  variants: {
    tone: {
      neutral: "bg-sunken text-ink-muted ring-1 ring-line ring-inset",
      accent: "bg-accent-soft text-accent-text",
      ok: "bg-ok-soft text-ok-text",
      attention: "bg-attention-soft text-attention-text",
      overdue: "bg-overdue-soft text-overdue-text",
      failed: "bg-failed-soft text-failed-text",
    },
  },
  defaultVariants: { tone: "neutral" },
});

export interface BadgeProps extends VariantProps<typeof badgeStyle> {
  readonly icon?: ReactNode;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

export function Badge({ tone, icon, className, children }: BadgeProps) {
  return (
    <span className={cn(badgeStyle({ tone }), className)}>
      {icon}
      <span className="truncate">{children}</span>
    </span>
  );
}

const dots: Readonly<Record<Tone, string>> = {
  neutral: "bg-ink-faint",
  accent: "bg-accent",
  ok: "bg-ok",
  attention: "bg-attention",
  overdue: "bg-overdue",
  failed: "bg-failed",
};

export interface StatusPillProps {
  readonly tone: Tone;
  /** Something is moving right now: the dot breathes. */
  readonly active?: boolean | undefined;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** A state in words with its colour as a dot: colour is never the only sign. */
export function StatusPill({ tone, active = false, className, children }: StatusPillProps) {
  return (
    <span className={cn("inline-flex items-center gap-1.5 text-sm whitespace-nowrap text-ink-muted", className)}>
      <span aria-hidden="true" className={cn("size-2 shrink-0 rounded-full", dots[tone], active && "animate-shimmer")} />
      {children}
    </span>
  );
}

/** A count in a navigation entry or a tab; nothing at zero, "99+" above. `label` says it in words. */
export function CountBadge({
  count,
  label,
  tone = "accent",
  className,
}: {
  readonly count: number;
  readonly label: string;
  readonly tone?: "accent" | "neutral" | "failed" | undefined;
  readonly className?: string | undefined;
}) {
  if (count <= 0) return null;
  const looks = { accent: "bg-accent text-accent-ink", neutral: "bg-line text-ink-muted", failed: "bg-failed-soft text-failed-text" } as const;
  return (
    <span
      className={cn(
        "tabular inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-full px-1.5 text-[0.6875rem] leading-none font-semibold",
        looks[tone],
        className,
      )}
    >
      <span aria-hidden="true">{count > 99 ? "99+" : count}</span>
      <span className="sr-only">{label}</span>
    </span>
  );
}
