import { cn } from "./class-names";

/** The palette labels choose from; fixed in both themes, so a label is recognised at night. The name always stands beside the dot. */
const dots = {
  gray: "bg-[oklch(0.62_0.012_225)]",
  red: "bg-[oklch(0.6_0.2_25)]",
  orange: "bg-[oklch(0.7_0.17_52)]",
  yellow: "bg-[oklch(0.8_0.15_92)]",
  green: "bg-[oklch(0.64_0.15_150)]",
  teal: "bg-[oklch(0.66_0.11_195)]",
  blue: "bg-[oklch(0.58_0.15_250)]",
  purple: "bg-[oklch(0.55_0.18_300)]",
  pink: "bg-[oklch(0.66_0.18_350)]",
} as const;

export type LabelTint = keyof typeof dots;

export function LabelDot({ color, className }: { readonly color: LabelTint; readonly className?: string | undefined }) {
  return <span aria-hidden="true" className={cn("size-2 shrink-0 rounded-full", dots[color], className)} />;
}

/** A label as people stick it on: its dot and its name. */
export function LabelChip({ name, color, className }: { readonly name: string; readonly color: LabelTint; readonly className?: string | undefined }) {
  return (
    <span className={cn("inline-flex h-5 max-w-36 items-center gap-1.5 rounded-full border bg-surface px-2 text-xs font-medium text-ink-muted", className)}>
      <LabelDot color={color} />
      <span className="truncate">{name}</span>
    </span>
  );
}
