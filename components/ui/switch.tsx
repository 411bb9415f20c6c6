"use client";

import { Switch as BaseSwitch } from "@base-ui/react/switch";
import { cn } from "./class-names";

export interface SwitchProps {
  readonly checked: boolean;
  readonly onCheckedChange: (checked: boolean) => void;
  readonly disabled?: boolean | undefined;
  /** What is switched, with its object: "Follow-up after a week: active". */
  readonly label: string;
  readonly className?: string | undefined;
}

/** For what takes effect at once. In a form that is saved, use a checkbox. */
export function Switch({ checked, onCheckedChange, disabled = false, label, className }: SwitchProps) {
  return (
    <BaseSwitch.Root
      checked={checked}
      onCheckedChange={(next) => onCheckedChange(next)}
      disabled={disabled}
      aria-label={label}
      className={cn(
        "flex h-5 w-9 shrink-0 items-center rounded-full bg-control p-0.5 transition-colors duration-150 data-checked:bg-accent data-disabled:opacity-55",
        className,
      )}
    >
      <BaseSwitch.Thumb className="size-4 rounded-full bg-surface shadow-card transition-transform duration-150 data-checked:translate-x-4" />
    </BaseSwitch.Root>
  );
}
