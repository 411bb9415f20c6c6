"use client";

import { Input } from "./input";
import { Select, type SelectOption } from "./select";

export interface PeriodFilterProps<T extends string> {
  readonly words: { readonly period: string; readonly from: string; readonly to: string };
  readonly options: readonly SelectOption<T>[];
  /** `custom` shows the two days; they are YYYY-MM-DD or empty. */
  readonly value: { readonly days: T; readonly from: string; readonly to: string };
  readonly onValueChange: (change: { days?: T; from?: string; to?: string }) => void;
  readonly className?: string | undefined;
}

/** So many days, or from one to another. A ready period forgets the days that were typed. */
export function PeriodFilter<T extends string>({ words, options, value, onValueChange, className }: PeriodFilterProps<T>) {
  const day = (name: "from" | "to") => (
    <Input
      size="sm"
      type="date"
      className="w-36"
      aria-label={words[name]}
      value={value[name]}
      onChange={(event) => onValueChange({ [name]: event.currentTarget.value })}
    />
  );
  return (
    <>
      <Select
        size="sm"
        className={className}
        label={words.period}
        value={value.days}
        onValueChange={(days) => onValueChange(days === "custom" ? { days } : { days, from: "", to: "" })}
        options={options}
      />
      {value.days === "custom" ? (
        <>
          {day("from")}
          {day("to")}
        </>
      ) : null}
    </>
  );
}
