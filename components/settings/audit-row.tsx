"use client";

import { useTranslations } from "next-intl";
import { RelativeTime } from "../ui/date-time";
import { Cell, TableRow } from "../ui/table";

export interface AuditEntry {
  readonly at: Date;
  readonly action: string;
  readonly actorKind: string;
  readonly actorName: string | null;
  readonly subjectType: string | null;
  readonly subjectId: string | null;
  readonly details: Readonly<Record<string, unknown>>;
  readonly ip: string | null;
}

/** The parts of `details` that say something to a person: names, addresses, roles; ids stay out. */
function useSummary(): (details: Readonly<Record<string, unknown>>) => string {
  const roleName = useTranslations("layout.profile.roles");
  return (details) => {
    const words = Object.entries(details).filter(([key, value]) => !/id$/i.test(key) && (typeof value === "string" || typeof value === "number"));
    return words.map(([key, value]) => (key === "role" && roleName.has(String(value)) ? roleName(String(value)) : String(value))).join(" · ");
  };
}

export function AuditRow({ entry }: { readonly entry: AuditEntry }) {
  const t = useTranslations("settings.audit");
  const who = entry.actorName ?? (t.has(`actors.${entry.actorKind}`) ? t(`actors.${entry.actorKind}`) : entry.actorKind);
  const what = t.has(`actions.${entry.action}`) ? t(`actions.${entry.action}`) : entry.action;
  const more = useSummary()(entry.details);
  return (
    <TableRow>
      <Cell className="tabular whitespace-nowrap text-ink-muted max-sm:align-top sm:w-36">
        <RelativeTime value={entry.at} />
      </Cell>
      <Cell className="w-44 font-medium max-sm:hidden">{who}</Cell>
      <Cell>
        <span className="block text-sm text-ink-muted sm:hidden">{who}</span>
        {what}
        {more === "" ? null : <span className="text-ink-muted"> · {more}</span>}
      </Cell>
      <Cell className="tabular w-32 text-sm text-ink-muted max-sm:hidden">{entry.ip}</Cell>
    </TableRow>
  );
}
