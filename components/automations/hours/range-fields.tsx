"use client";

import { Plus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { TimeRange } from "@/server/deadlines/schema";
import { IconButton } from "../../ui/icon-button";
import { Input } from "../../ui/input";
import { nextRange, parseTime, rangesFault } from "./calendar-form";

export interface RangeFieldsProps {
  readonly ranges: readonly TimeRange[];
  readonly onRangesChange: (ranges: TimeRange[]) => void;
  /** Whose hours: the day's name. */
  readonly of: string;
}

/** The open hours of one day: none, one or several. */
export function RangeFields({ ranges, onRangesChange, of }: RangeFieldsProps) {
  const t = useTranslations("automations.hours");
  const fault = rangesFault(ranges);
  const change = (index: number, part: Partial<TimeRange>) => onRangesChange(ranges.map((range, at) => (at === index ? { ...range, ...part } : range)));
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        {ranges.length === 0 ? <span className="text-base text-ink-faint">{t("closed")}</span> : null}
        {ranges.map((range, index) => (
          <span key={index} className="inline-flex items-center gap-1">
            <TimeInput label={t("opens", { day: of })} value={range.from} invalid={fault !== null} onValueChange={(from) => change(index, { from })} />
            <span aria-hidden="true" className="text-ink-faint">
              –
            </span>
            <TimeInput label={t("closes", { day: of })} value={range.to} invalid={fault !== null} onValueChange={(to) => change(index, { to })} />
            <IconButton
              size="sm"
              label={t("removeRange", { day: of, from: range.from, to: range.to })}
              icon={<X />}
              onClick={() => onRangesChange(ranges.filter((_, at) => at !== index))}
            />
          </span>
        ))}
        <IconButton size="sm" label={t("addRange", { day: of })} icon={<Plus />} onClick={() => onRangesChange([...ranges, nextRange(ranges)])} />
      </div>
      {fault === null ? null : (
        <p role="alert" className="text-sm text-failed-text">
          {t(`faults.${fault}`)}
        </p>
      )}
    </div>
  );
}

interface TimeInputProps {
  readonly label: string;
  readonly value: string;
  readonly invalid: boolean;
  readonly onValueChange: (value: string) => void;
}

/** A time as people type it; the browser's own field knows no 24:00. */
function TimeInput({ label, value, invalid, onValueChange }: TimeInputProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const settle = () => {
    if (typed !== null) onValueChange(parseTime(typed) ?? value);
    setTyped(null);
  };
  return (
    <Input
      size="sm"
      inputMode="numeric"
      aria-label={label}
      aria-invalid={invalid}
      className="tabular w-16 text-center"
      value={typed ?? value}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={settle}
      onKeyDown={(event) => (event.key === "Enter" ? settle() : undefined)}
    />
  );
}
