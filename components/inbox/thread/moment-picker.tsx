"use client";

import { CalendarClock } from "lucide-react";
import { useFormatter, useNow, useTimeZone, useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { fromLocalInput, momentPresets, toLocalInput } from "./moments";

export interface MomentPickerProps {
  readonly onPick: (at: Date) => void;
  /** The button that takes the own moment: "Snooze until then". */
  readonly confirm: string;
}

const rowStyle = "focus-inset flex min-h-8 w-full items-center justify-between gap-4 rounded-md px-2 text-left text-base hover:bg-hover coarse:min-h-11";

/** A few moments at a press, and any other by date and time of the workspace's zone. */
export function MomentPicker({ onPick, confirm }: MomentPickerProps) {
  const t = useTranslations("thread.moments");
  const format = useFormatter();
  const zone = useTimeZone() ?? "UTC";
  const now = useNow();
  const presets = momentPresets(now, zone);
  const [own, setOwn] = useState(() => toLocalInput(presets.find(({ preset }) => preset === "tomorrow")?.at ?? now, zone));
  const chosen = fromLocalInput(own, zone);
  const isAhead = chosen !== null && chosen > now;
  return (
    <div className="flex w-full flex-col">
      <div className="p-1">
        {presets.map(({ preset, at }) => (
          <button key={preset} type="button" className={rowStyle} onClick={() => onPick(preset === "hour" ? new Date(Date.now() + 3_600_000) : at)}>
            <span>{t(preset)}</span>
            <span className="tabular shrink-0 text-sm text-ink-faint">
              {format.dateTime(at, {
                ...(preset === "hour" || preset === "evening" ? {} : { weekday: "short" }),
                hour: "2-digit",
                minute: "2-digit",
                hourCycle: "h23",
              })}
            </span>
          </button>
        ))}
      </div>
      <form
        className="flex flex-col gap-2 border-t p-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (chosen !== null && isAhead) onPick(chosen);
        }}
      >
        <Field label={t("own")} help={isAhead ? zone : t("past")}>
          <Input type="datetime-local" value={own} min={toLocalInput(now, zone)} onValueChange={(next) => setOwn(String(next))} />
        </Field>
        <Button type="submit" size="sm" icon={<CalendarClock />} disabled={!isAhead}>
          {confirm}
        </Button>
      </form>
    </div>
  );
}
