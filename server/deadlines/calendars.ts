import { newId } from "@/lib/ids";
import type { AuditActor } from "@/server/platform/audit";
import { conflict, invalid, notFound } from "@/server/platform/errors";
import type { Scope } from "@/server/platform/transaction";
import { settingsChanged } from "./policies";
import { calendarNameTaken, deleteCalendar, listCalendarRows, policiesUsing, upsertCalendar } from "./repository";
import { calendarFault } from "./rules/calendar";
import type { CalendarView, SaveCalendarInput } from "./schema";

/** By name. */
export function listCalendars(scope: Scope): Promise<CalendarView[]> {
  return listCalendarRows(scope);
}

/**
 * Makes or changes working hours; what counts by them is computed anew.
 * @throws AppError with the codes of `calendarFault`, `deadlines.calendar_name_taken`, `deadlines.calendar_not_found`.
 */
export async function saveCalendar(scope: Scope, { id, ...fields }: SaveCalendarInput, actor: AuditActor): Promise<{ id: string }> {
  const fault = calendarFault(fields);
  if (fault !== null) throw invalid(fault.code, fault.params);
  const calendar = { ...fields, id: id ?? newId(), holidays: [...fields.holidays].sort((a, b) => (a.date < b.date ? -1 : 1)) };
  if (await calendarNameTaken(scope, calendar.name, calendar.id)) throw conflict("deadlines.calendar_name_taken", { name: calendar.name });
  if (!(await upsertCalendar(scope, calendar, id === undefined))) throw notFound("deadlines.calendar_not_found");
  const { name, timeZone } = calendar;
  await settingsChanged(
    scope,
    actor,
    id === undefined ? "business_calendar.created" : "business_calendar.changed",
    { type: "business_calendar", id: calendar.id },
    { name, timeZone },
  );
  return { id: calendar.id };
}

/** @throws AppError `deadlines.calendar_in_use` while a policy counts by it, `deadlines.calendar_not_found`. */
export async function removeCalendar(scope: Scope, calendarId: string, actor: AuditActor): Promise<void> {
  const users = await policiesUsing(scope, calendarId);
  if (users.length > 0) throw conflict("deadlines.calendar_in_use", { policies: users.join(", ") });
  if (!(await deleteCalendar(scope, calendarId))) throw notFound("deadlines.calendar_not_found");
  await settingsChanged(scope, actor, "business_calendar.removed", { type: "business_calendar", id: calendarId }, {});
}
