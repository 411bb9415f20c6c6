"use client";

import { Select as BaseSelect } from "@base-ui/react/select";
import { Check, ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./class-names";
import { controlStyle } from "./control-style";

export interface MultiSelectOption {
  readonly value: string;
  readonly label: string;
  readonly icon?: ReactNode;
}

export interface MultiSelectProps {
  readonly options: readonly MultiSelectOption[];
  readonly values: readonly string[];
  readonly onValuesChange: (values: string[]) => void;
  /** What an empty choice means: "any channel". */
  readonly none: string;
  /** Needed when no Field with a label is around it. */
  readonly label?: string | undefined;
  /** Shown while there is nothing to choose from. */
  readonly nothing?: string | undefined;
  readonly size?: "sm" | "md" | undefined;
  readonly disabled?: boolean | undefined;
  readonly className?: string | undefined;
}

const heights = { sm: "h-7 pl-2 pr-1.5 text-sm coarse:h-9", md: "h-8 pl-2.5 pr-2 coarse:h-10" } as const;

/** Any number out of a few; for one of them take Select. */
export function MultiSelect({ options, values, onValuesChange, none, label, nothing, size = "md", disabled = false, className }: MultiSelectProps) {
  const chosen = options.filter((option) => values.includes(option.value));
  const text = chosen.length === 0 ? none : chosen.map((option) => option.label).join(", ");
  return (
    <BaseSelect.Root multiple items={options} value={[...values]} onValueChange={(next) => onValuesChange([...next])} disabled={disabled} modal={false}>
      <BaseSelect.Trigger
        aria-label={label}
        className={cn(controlStyle, "flex items-center justify-between gap-2 text-left data-popup-open:border-control", heights[size], className)}
      >
        <span className="flex min-w-0 items-center gap-2">
          {chosen.length === 1 ? chosen[0]?.icon : null}
          <BaseSelect.Value className={cn("truncate", chosen.length === 0 && "text-ink-muted")}>{() => text}</BaseSelect.Value>
        </span>
        <BaseSelect.Icon className="text-ink-faint">
          <ChevronDown className="size-4" />
        </BaseSelect.Icon>
      </BaseSelect.Trigger>
      <BaseSelect.Portal>
        <BaseSelect.Positioner align="start" sideOffset={4} alignItemWithTrigger={false} className="z-50 outline-hidden">
          <BaseSelect.Popup className="max-h-[min(22rem,var(--available-height))] min-w-(--anchor-width) overflow-y-auto rounded-lg border bg-raised p-1 shadow-raised outline-hidden transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0">
            {options.length === 0 && nothing !== undefined ? <p className="max-w-64 px-2 py-2 text-sm text-ink-muted">{nothing}</p> : null}
            <BaseSelect.List>
              {options.map((option) => (
                <BaseSelect.Item
                  key={option.value}
                  value={option.value}
                  className="group grid min-h-8 cursor-default grid-cols-[1rem_1fr] items-center gap-2.5 rounded-md px-2 py-1 text-base outline-hidden select-none data-highlighted:bg-hover coarse:min-h-10"
                >
                  <span className="flex size-4 items-center justify-center rounded-sm border border-control bg-surface text-accent-ink group-data-selected:border-accent group-data-selected:bg-accent">
                    <BaseSelect.ItemIndicator>
                      <Check className="size-3" strokeWidth={3} />
                    </BaseSelect.ItemIndicator>
                  </span>
                  <span className="flex min-w-0 items-center gap-2">
                    {option.icon}
                    <BaseSelect.ItemText className="truncate">{option.label}</BaseSelect.ItemText>
                  </span>
                </BaseSelect.Item>
              ))}
            </BaseSelect.List>
          </BaseSelect.Popup>
        </BaseSelect.Positioner>
      </BaseSelect.Portal>
    </BaseSelect.Root>
  );
}
