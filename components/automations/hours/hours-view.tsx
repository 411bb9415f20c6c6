"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { CalendarClock, Ellipsis, Pencil, Plus, Trash2 } from "lucide-react";
import { useTimeZone, useTranslations } from "next-intl";
import { useState } from "react";
import type { CalendarView } from "@/server/deadlines/schema";
import { QueryContent } from "../../layout/query-content";
import { useDeferredRemoval } from "../../layout/use-deferred-removal";
import { useMay } from "../../layout/use-may";
import { useTRPC } from "../../providers/trpc-provider";
import { Button } from "../../ui/button";
import { EmptyState } from "../../ui/empty-state";
import { IconButton } from "../../ui/icon-button";
import { Menu, MenuItem } from "../../ui/menu";
import { PageHeader } from "../../ui/page-header";
import { SkeletonRows } from "../../ui/skeleton";
import { DataList } from "../../ui/table";
import { CalendarDrawer } from "./calendar-drawer";
import { type CalendarForm, groupDays, newCalendar } from "./calendar-form";
import { useDayNames } from "./use-day-names";
import { WeekPreview } from "./week-preview";

function useRemoval() {
  const t = useTranslations("automations.hours");
  const queryClient = useQueryClient();
  const trpc = useTRPC();
  const { hidden, remove } = useDeferredRemoval();
  const { mutateAsync } = useMutation(
    trpc.deadlines.calendars.remove.mutationOptions({ onSuccess: () => queryClient.invalidateQueries(trpc.deadlines.pathFilter()) }),
  );
  return { hidden, remove: ({ id, name }: CalendarView) => remove(id, t("removed", { name }), () => mutateAsync({ calendarId: id })) };
}

/** When we are there: calendars that deadlines count by. */
export function HoursView() {
  const t = useTranslations("automations.hours");
  const trpc = useTRPC();
  const timeZone = useTimeZone() ?? "UTC";
  const mayManage = useMay("automations.manage");
  const calendars = useQuery(trpc.deadlines.calendars.list.queryOptions());
  const { hidden, remove } = useRemoval();
  const [editing, setEditing] = useState<{ readonly calendar: CalendarView | CalendarForm; readonly isNew: boolean } | null>(null);
  const visible = calendars.data?.filter(({ id }) => !hidden.has(id));
  const add = mayManage ? (
    <Button variant="primary" icon={<Plus />} onClick={() => setEditing({ calendar: newCalendar(t("firstName"), timeZone), isNew: true })}>
      {t("add")}
    </Button>
  ) : undefined;
  return (
    <>
      <PageHeader title={t("title")} description={t("lead")} actions={add} />
      <DataList title={t("list")} count={visible?.length}>
        <QueryContent query={{ ...calendars, data: visible }} skeleton={<SkeletonRows rows={2} className="h-40" />}>
          {(list) =>
            list.length === 0 ? (
              <EmptyState icon={<CalendarClock />} title={t("empty")} reason={t("emptyReason")} action={add} />
            ) : (
              <ul>
                {list.map((calendar) => (
                  <CalendarRow
                    key={calendar.id}
                    calendar={calendar}
                    mayManage={mayManage}
                    onEdit={() => setEditing({ calendar, isNew: false })}
                    onRemove={() => remove(calendar)}
                  />
                ))}
              </ul>
            )
          }
        </QueryContent>
      </DataList>
      {editing === null ? null : <CalendarDrawer calendar={editing.calendar} isNew={editing.isNew} onClose={() => setEditing(null)} />}
    </>
  );
}

interface CalendarRowProps {
  readonly calendar: CalendarView;
  readonly mayManage: boolean;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
}

function CalendarRow({ calendar, mayManage, onEdit, onRemove }: CalendarRowProps) {
  const t = useTranslations("automations.hours");
  const common = useTranslations("common");
  const names = useDayNames();
  const { name, timeZone, week, holidays } = calendar;
  const today = new Date().toISOString().slice(0, 10);
  const next = holidays.find(({ date }) => date >= today);
  return (
    <li className="relative flex items-start gap-4 border-b px-4 py-4 last:border-b-0 hover:bg-hover max-md:flex-wrap">
      <div className="min-w-0 flex-1 basis-60">
        {mayManage ? (
          <button type="button" onClick={onEdit} className="focus-inset rounded-sm text-left font-medium after:absolute after:inset-0">
            {name}
          </button>
        ) : (
          <p className="font-medium">{name}</p>
        )}
        <p className="text-sm text-ink-muted">{timeZone.replaceAll("_", " ")}</p>
        <dl className="tabular mt-2 grid w-fit grid-cols-[auto_auto] gap-x-3 text-sm">
          {groupDays(week).map(({ first, last, ranges }) => (
            <div key={first} className="contents">
              <dt className="text-ink-muted">{first === last ? names.short(first) : `${names.short(first)}–${names.short(last)}`}</dt>
              <dd>{ranges.length === 0 ? <span className="text-ink-faint">{t("closed")}</span> : ranges.map(({ from, to }) => `${from}–${to}`).join(", ")}</dd>
            </div>
          ))}
        </dl>
        <p className="mt-2 text-sm text-ink-muted">
          {next === undefined
            ? t("noHolidaysAhead")
            : t("nextHoliday", { day: names.date(next.date), name: next.name, count: holidays.filter(({ date }) => date >= today).length })}
        </p>
      </div>
      <WeekPreview week={week} className="w-72 shrink-0 max-md:order-last max-md:w-full" />
      {mayManage ? (
        <Menu align="end" trigger={<IconButton className="relative" label={`${common("more")}: ${name}`} icon={<Ellipsis />} />}>
          <MenuItem icon={<Pencil />} onSelect={onEdit}>
            {t("edit")}
          </MenuItem>
          <MenuItem icon={<Trash2 />} tone="danger" onSelect={onRemove}>
            {t("remove")}
          </MenuItem>
        </Menu>
      ) : null}
    </li>
  );
}
