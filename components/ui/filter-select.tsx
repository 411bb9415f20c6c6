"use client";

import { Select, type SelectOption } from "./select";

const ALL = "all";

export interface FilterSelectProps<T extends string> {
  readonly label: string;
  /** Words of "no matter which". */
  readonly all: string;
  /** Null = no matter which. */
  readonly value: T | null;
  readonly onValueChange: (value: T | null) => void;
  readonly options: readonly SelectOption<T>[];
  readonly className?: string | undefined;
}

/** A filter of a list: all, or one. Where there is nothing to choose between, there is nothing to see. */
export function FilterSelect<T extends string>({ label, all, value, onValueChange, options, className }: FilterSelectProps<T>) {
  if (options.length < 2) return null;
  return (
    <Select<T | typeof ALL>
      size="sm"
      className={className}
      label={label}
      value={value ?? ALL}
      onValueChange={(next) => onValueChange(next === ALL ? null : next)}
      options={[{ value: ALL, label: all }, ...options]}
    />
  );
}
