"use client";

import { Combobox as BaseCombobox } from "@base-ui/react/combobox";
import { Check, ChevronDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { cn } from "./class-names";
import { controlStyle } from "./control-style";

export interface ComboboxOption {
  readonly value: string;
  readonly label: string;
}

export interface ComboboxProps {
  readonly options: readonly ComboboxOption[];
  readonly value: string;
  readonly onValueChange: (value: string) => void;
  readonly placeholder?: string | undefined;
  /** Said when nothing matches what was typed. */
  readonly nothing: string;
  readonly disabled?: boolean | undefined;
  readonly size?: "md" | "lg" | undefined;
  readonly className?: string | undefined;
}

/** A choice among many: typing narrows the list. For up to a dozen take Select. */
export function Combobox({ options, value, onValueChange, placeholder, nothing, disabled = false, size = "md", className }: ComboboxProps) {
  const t = useTranslations("common");
  const chosen = options.find((option) => option.value === value) ?? (value === "" ? null : { value, label: value });
  return (
    <BaseCombobox.Root
      items={options}
      value={chosen}
      onValueChange={(next) => next !== null && onValueChange(next.value)}
      isItemEqualToValue={(left, right) => left.value === right.value}
      disabled={disabled}
      limit={80}
    >
      <span className={cn("relative flex w-full items-center", className)}>
        <BaseCombobox.Input
          placeholder={placeholder}
          className={cn(controlStyle, "pr-8", size === "lg" ? "h-10 px-3 coarse:h-11" : "h-8 px-2.5 coarse:h-10")}
        />
        <BaseCombobox.Trigger aria-label={t("showChoices")} className="absolute right-1 flex size-6 items-center justify-center text-ink-faint">
          <ChevronDown className="size-4" />
        </BaseCombobox.Trigger>
      </span>
      <BaseCombobox.Portal>
        <BaseCombobox.Positioner sideOffset={4} className="z-50 outline-hidden">
          <BaseCombobox.Popup className="max-h-[min(20rem,var(--available-height))] w-(--anchor-width) overflow-y-auto rounded-lg border bg-raised p-1 shadow-raised">
            <BaseCombobox.Empty className="text-sm text-ink-muted not-empty:px-2 not-empty:py-3">{nothing}</BaseCombobox.Empty>
            <BaseCombobox.List>
              {(option: ComboboxOption) => (
                <BaseCombobox.Item
                  key={option.value}
                  value={option}
                  className="grid min-h-8 cursor-default grid-cols-[1fr_1rem] items-center gap-3 rounded-md px-2 text-base outline-hidden select-none data-highlighted:bg-hover coarse:min-h-10"
                >
                  <span className="truncate">{option.label}</span>
                  <BaseCombobox.ItemIndicator>
                    <Check className="size-4 text-accent-text" />
                  </BaseCombobox.ItemIndicator>
                </BaseCombobox.Item>
              )}
            </BaseCombobox.List>
          </BaseCombobox.Popup>
        </BaseCombobox.Positioner>
      </BaseCombobox.Portal>
    </BaseCombobox.Root>
  );
}
