"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Input } from "../../ui/input";
import { Select } from "../../ui/select";
import { joinMinutes, splitMinutes, TIME_UNITS, type TimeUnit } from "./minutes";

export interface DurationInputProps {
  readonly minutes: number;
  readonly onMinutesChange: (minutes: number) => void;
  /** What is measured; said for both boxes. */
  readonly label: string;
  readonly min?: number | undefined;
  readonly disabled?: boolean | undefined;
}

/** An amount and its unit. Keeps the unit a person chose while they change the amount. */
export function DurationInput({ minutes, onMinutesChange, label, min = 1, disabled = false }: DurationInputProps) {
  const t = useTranslations("automations.duration");
  const [unit, setUnit] = useState<TimeUnit>(() => splitMinutes(minutes).unit);

  const [text, setText] = useState(() => String(splitMinutes(minutes).amount));
  const change = (nextText: string, nextUnit: TimeUnit) => {
    setText(nextText);
    setUnit(nextUnit);
    const next = Number(nextText);
    if (nextText !== "" && Number.isFinite(next)) onMinutesChange(Math.max(min, joinMinutes(next, nextUnit)));
  };
  return (
    <span className="flex items-center gap-2">
      <Input
        type="number"
        inputMode="numeric"
        min={min}
        step={1}
        aria-label={label}
        className="tabular w-20"
        value={text}
        disabled={disabled}
        onChange={(event) => change(event.currentTarget.value, unit)}
        onBlur={() => setText(String(minutes / joinMinutes(1, unit)))}
      />
      <Select
        className="w-32"
        label={t("unitOf", { what: label })}
        disabled={disabled}
        value={unit}
        onValueChange={(next) => change(text, next)}
        options={TIME_UNITS.map((value) => ({ value, label: t(value, { count: Number(text) }) }))}
      />
    </span>
  );
}
