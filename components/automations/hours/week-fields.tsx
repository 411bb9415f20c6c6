"use client";

import { CopyCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import type { CalendarView, Weekday } from "@/server/deadlines/schema";
import { IconButton } from "../../ui/icon-button";
import { Menu, MenuItem } from "../../ui/menu";
import { WEEKDAYS, WORKDAYS } from "./calendar-form";
import { RangeFields } from "./range-fields";
import { useDayNames } from "./use-day-names";

export interface WeekFieldsProps {
  readonly week: CalendarView["week"];
  readonly onWeekChange: (week: CalendarView["week"]) => void;
}

export function WeekFields({ week, onWeekChange }: WeekFieldsProps) {
  const t = useTranslations("automations.hours");
  const names = useDayNames();
  const copy = (from: Weekday, to: readonly Weekday[]) => onWeekChange({ ...week, ...Object.fromEntries(to.map((day) => [day, [...week[from]]])) });
  return (
    <ul className="flex flex-col divide-y">
      {WEEKDAYS.map((day) => (
        <li key={day} className="grid grid-cols-[7rem_1fr_auto] items-start gap-x-3 py-2 max-sm:grid-cols-[1fr_auto] max-sm:gap-y-1">
          <span className="block text-base leading-7 font-medium first-letter:uppercase">{names.long(day)}</span>
          <div className="max-sm:col-span-2 max-sm:row-start-2">
            <RangeFields of={names.long(day)} ranges={week[day]} onRangesChange={(ranges) => onWeekChange({ ...week, [day]: ranges })} />
          </div>
          <Menu align="end" trigger={<IconButton size="sm" label={t("copyFrom", { day: names.long(day) })} icon={<CopyCheck />} />}>
            <MenuItem onSelect={() => copy(day, WORKDAYS)}>{t("copyToWorkdays")}</MenuItem>
            <MenuItem onSelect={() => copy(day, WEEKDAYS)}>{t("copyToAll")}</MenuItem>
          </Menu>
        </li>
      ))}
    </ul>
  );
}
