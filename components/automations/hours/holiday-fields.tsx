"use client";

import { Plus, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import type { CalendarView } from "@/server/deadlines/schema";
import { Button } from "../../ui/button";
import { IconButton } from "../../ui/icon-button";
import { Input } from "../../ui/input";
import { Select } from "../../ui/select";
import { RangeFields } from "./range-fields";

type Holiday = CalendarView["holidays"][number];

export interface HolidayFieldsProps {
  readonly holidays: readonly Holiday[];
  readonly onHolidaysChange: (holidays: Holiday[]) => void;
  /** Whether saving failed for what stands here: empty boxes are marked. */
  readonly showInvalid: boolean;
}

const SHORT_DAY = [{ from: "10:00", to: "15:00" }];

/** The day after the last holiday; tomorrow for the first. */
function nextDate(holidays: readonly Holiday[]): string {
  const last = holidays.at(-1)?.date ?? new Date().toISOString().slice(0, 10);
  const after = new Date(`${last}T00:00:00Z`).getTime() + 86_400_000;
  return Number.isNaN(after) ? "" : new Date(after).toISOString().slice(0, 10);
}

/** Days that differ from their week: closed, or shorter. */
export function HolidayFields({ holidays, onHolidaysChange, showInvalid }: HolidayFieldsProps) {
  const t = useTranslations("automations.hours");
  const change = (index: number, part: Partial<Holiday>) => onHolidaysChange(holidays.map((one, at) => (at === index ? { ...one, ...part } : one)));
  return (
    <div className="flex flex-col gap-2">
      {holidays.length === 0 ? <p className="text-base text-ink-muted">{t("noHolidays")}</p> : null}
      <ul className="flex flex-col gap-2">
        {holidays.map((holiday, index) => (
          <HolidayRow
            key={index}
            holiday={holiday}
            isTwice={holidays.some((other, at) => at !== index && other.date === holiday.date)}
            showInvalid={showInvalid}
            onChange={(part) => change(index, part)}
            onRemove={() => onHolidaysChange(holidays.filter((_, at) => at !== index))}
          />
        ))}
      </ul>
      <Button size="sm" icon={<Plus />} className="self-start" onClick={() => onHolidaysChange([...holidays, { date: nextDate(holidays), name: "" }])}>
        {t("addHoliday")}
      </Button>
    </div>
  );
}

interface HolidayRowProps {
  readonly holiday: Holiday;
  readonly isTwice: boolean;
  readonly showInvalid: boolean;
  readonly onChange: (part: Partial<Holiday>) => void;
  readonly onRemove: () => void;
}

function HolidayRow({ holiday: { date, name, ranges }, isTwice, showInvalid, onChange, onRemove }: HolidayRowProps) {
  const t = useTranslations("automations.hours");
  const kinds = [
    { value: "closed" as const, label: t("closedAllDay") },
    { value: "short" as const, label: t("shortDay") },
  ];
  return (
    <li className="flex flex-col gap-1.5 rounded-md bg-sunken p-2">
      <div className="flex flex-wrap items-center gap-2">
        <Input
          size="sm"
          type="date"
          className="tabular w-38"
          aria-label={t("holidayDate")}
          aria-invalid={isTwice || date === ""}
          value={date}
          onChange={(event) => onChange({ date: event.currentTarget.value })}
        />
        <Input
          size="sm"
          className="min-w-32 flex-1"
          aria-label={t("holidayName")}
          placeholder={t("holidayName")}
          aria-invalid={showInvalid && name.trim() === ""}
          value={name}
          onChange={(event) => onChange({ name: event.currentTarget.value })}
        />
        <Select
          size="sm"
          className="w-36"
          label={t("holidayKind")}
          options={kinds}
          value={ranges === undefined ? "closed" : "short"}
          onValueChange={(kind) => onChange({ ranges: kind === "closed" ? undefined : (ranges ?? SHORT_DAY) })}
        />
        <IconButton size="sm" label={t("removeHoliday", { name: name === "" ? date : name })} icon={<Trash2 />} onClick={onRemove} />
      </div>
      {isTwice ? <p className="text-sm text-failed-text">{t("holidayTwice")}</p> : null}
      {ranges === undefined ? null : <RangeFields of={name === "" ? date : name} ranges={ranges} onRangesChange={(next) => onChange({ ranges: next })} />}
    </li>
  );
}
