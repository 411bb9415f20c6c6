import { ChevronDown, ChevronsUp, ChevronUp, Equal, Flag } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/class-names";

export const PRIORITIES = [0, 1, 2, 3, 4] as const;
export const PRIORITY_NAMES = ["none", "low", "medium", "high", "urgent"] as const;

const icons: readonly ReactNode[] = [<Flag key={0} />, <ChevronDown key={1} />, <Equal key={2} />, <ChevronUp key={3} />, <ChevronsUp key={4} />];

/** The sign of a priority; only urgent has a colour, because only urgent is a state. */
export function PriorityIcon({ priority }: { readonly priority: number }) {
  return (
    <span aria-hidden="true" className={cn("inline-flex [&_svg]:size-4", priority === 4 ? "text-overdue-text" : priority === 0 && "text-ink-faint")}>
      {icons[priority] ?? icons[0]}
    </span>
  );
}

export function priorityName(priority: number): (typeof PRIORITY_NAMES)[number] {
  return PRIORITY_NAMES[priority] ?? "none";
}
