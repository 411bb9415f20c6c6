"use client";

import { Checkbox as BaseCheckbox } from "@base-ui/react/checkbox";
import { Check, Minus } from "lucide-react";
import { type ReactNode, useId } from "react";
import { cn } from "./class-names";

export interface CheckboxProps {
  readonly checked: boolean;
  readonly onCheckedChange: (checked: boolean) => void;
  /** Some, not all, of what it stands for. */
  readonly indeterminate?: boolean | undefined;
  readonly disabled?: boolean | undefined;
  /** Visible text; without it give `aria-label`. */
  readonly label?: ReactNode;
  readonly hint?: ReactNode;
  readonly name?: string | undefined;
  readonly "aria-label"?: string | undefined;
  readonly className?: string | undefined;
}

export function Checkbox({ label, hint, checked, onCheckedChange, indeterminate = false, disabled = false, name, className, ...rest }: CheckboxProps) {
  const id = useId();
  const box = (
    <BaseCheckbox.Root
      id={id}
      checked={checked}
      onCheckedChange={(next) => onCheckedChange(next)}
      indeterminate={indeterminate}
      disabled={disabled}
      {...(name === undefined ? {} : { name })}
      aria-label={rest["aria-label"]}
      className={cn(
        "flex size-4 shrink-0 items-center justify-center rounded-sm border border-control bg-surface text-accent-ink coarse:size-5",
        "data-checked:border-accent data-checked:bg-accent data-indeterminate:border-accent data-indeterminate:bg-accent data-disabled:opacity-55",
        label === undefined && className,
      )}
    >
      <BaseCheckbox.Indicator>
        {indeterminate ? <Minus className="size-3" strokeWidth={3} /> : <Check className="size-3" strokeWidth={3} />}
      </BaseCheckbox.Indicator>
    </BaseCheckbox.Root>
  );
  if (label === undefined) return box;
  return (
    <label htmlFor={id} className={cn("flex items-start gap-2 text-base", className)}>
      <span className="flex h-5 items-center">{box}</span>
      <span>
        {label}
        {hint === undefined ? null : <span className="block text-sm text-ink-muted">{hint}</span>}
      </span>
    </label>
  );
}
