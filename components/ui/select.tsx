"use client";

import { Select as BaseSelect } from "@base-ui/react/select";
import { Check, ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./class-names";
import { controlStyle } from "./control-style";

export interface SelectOption<Value extends string> {
  readonly value: Value;
  readonly label: string;
  /** A second line that explains the choice. */
  readonly hint?: string | undefined;
  readonly icon?: ReactNode;
  readonly disabled?: boolean | undefined;
}

export interface SelectProps<Value extends string> {
  readonly options: readonly SelectOption<Value>[];
  readonly value: Value | null;
  readonly onValueChange: (value: Value) => void;
  readonly placeholder?: string | undefined;
  /** Needed when no Field with a label is around it. */
  readonly label?: string | undefined;
  readonly size?: "sm" | "md" | "lg" | undefined;
  readonly disabled?: boolean | undefined;
  readonly name?: string | undefined;
  readonly className?: string | undefined;
}

const heights = { sm: "h-7 pl-2 pr-1.5 text-sm coarse:h-9", md: "h-8 pl-2.5 pr-2 coarse:h-10", lg: "h-10 pl-3 pr-2.5 coarse:h-11" } as const;

export function Select<Value extends string>({
  options,
  value,
  onValueChange,
  placeholder,
  label,
  size = "md",
  disabled,
  name,
  className,
}: SelectProps<Value>) {
  const chosen = options.find((option) => option.value === value);
  return (
    <BaseSelect.Root
      items={options}
      value={value}
      onValueChange={(next) => next !== null && onValueChange(next)}
      disabled={disabled ?? false}
      modal={false}
      {...(name === undefined ? {} : { name })}
    >
      <BaseSelect.Trigger
        aria-label={label}
        className={cn(controlStyle, "flex items-center justify-between gap-2 text-left data-popup-open:border-control", heights[size], className)}
      >
        <span className="flex min-w-0 items-center gap-2">
          {chosen?.icon}
          <BaseSelect.Value className="truncate data-placeholder:text-ink-faint" placeholder={placeholder ?? ""} />
        </span>
        <BaseSelect.Icon className="text-ink-faint">
          <ChevronDown className="size-4" />
        </BaseSelect.Icon>
      </BaseSelect.Trigger>
      <BaseSelect.Portal>
        <BaseSelect.Positioner align="start" sideOffset={4} alignItemWithTrigger={false} className="z-50 outline-hidden">
          <BaseSelect.Popup className="max-h-[min(22rem,var(--available-height))] min-w-(--anchor-width) overflow-y-auto rounded-lg border bg-raised p-1 shadow-raised outline-hidden transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0">
            <BaseSelect.List>
              {options.map((option) => (
                <BaseSelect.Item
                  key={option.value}
                  value={option.value}
                  disabled={option.disabled ?? false}
                  className="grid min-h-8 cursor-default grid-cols-[1fr_1rem] items-center gap-3 rounded-md py-1 pr-2 pl-2 text-base outline-hidden select-none data-disabled:text-ink-faint data-highlighted:bg-hover coarse:min-h-10"
                >
                  <span className="flex min-w-0 items-center gap-2">
                    {option.icon}
                    <span className="min-w-0">
                      <BaseSelect.ItemText className="block truncate">{option.label}</BaseSelect.ItemText>
                      {option.hint === undefined ? null : <span className="block text-xs text-ink-muted">{option.hint}</span>}
                    </span>
                  </span>
                  <BaseSelect.ItemIndicator>
                    <Check className="size-4 text-accent-text" />
                  </BaseSelect.ItemIndicator>
                </BaseSelect.Item>
              ))}
            </BaseSelect.List>
          </BaseSelect.Popup>
        </BaseSelect.Positioner>
      </BaseSelect.Portal>
    </BaseSelect.Root>
  );
}
