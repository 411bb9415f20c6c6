"use client";

import { Switch as BaseSwitch } from "@base-ui/react/switch";
import { type ReactNode, useId } from "react";
import { cn } from "./class-names";

export interface SwitchProps {
  readonly checked: boolean;
  readonly onCheckedChange: (checked: boolean) => void;
  readonly disabled?: boolean | undefined;
  readonly label?: ReactNode;
  readonly hint?: ReactNode;
  readonly name?: string | undefined;
  readonly "aria-label"?: string | undefined;
  readonly className?: string | undefined;
}

/** For what takes effect at once. In a form that is saved, use a checkbox. */
export function Switch({ checked, onCheckedChange, disabled = false, label, hint, name, className, ...rest }: SwitchProps) {
  const id = useId();
  const control = (
    <BaseSwitch.Root
      id={id}
      checked={checked}
      onCheckedChange={(next) => onCheckedChange(next)}
      disabled={disabled}
      {...(name === undefined ? {} : { name })}
      aria-label={rest["aria-label"]}
      className="flex h-5 w-9 shrink-0 items-center rounded-full bg-control p-0.5 transition-colors duration-150 data-checked:bg-accent data-disabled:opacity-55"
    >
      <BaseSwitch.Thumb className="size-4 rounded-full bg-surface shadow-card transition-transform duration-150 data-checked:translate-x-4" />
    </BaseSwitch.Root>
  );
  if (label === undefined) return control;
  return (
    <label htmlFor={id} className={cn("flex items-start justify-between gap-4 text-base", className)}>
      <span>
        {label}
        {hint === undefined ? null : <span className="block text-sm text-ink-muted">{hint}</span>}
      </span>
      {control}
    </label>
  );
}
