"use client";

import { AlarmClock, CircleCheck, Ellipsis, Flag, Mail, MailOpen, Tag, UserRound, X } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { type ReactElement, type ReactNode, useState } from "react";
import { useKeys } from "@/components/layout/shortcut-map";
import type { ShortcutId } from "@/components/layout/shortcuts";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { IconButton } from "@/components/ui/icon-button";
import { fetchCode } from "@/components/ui/late/fetch-code";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import { Popover } from "@/components/ui/popover";
import type { ConversationSummary } from "@/server/inbox/schema";
import type { BulkAction } from "@/server/inbox/team/schema";
import { PickSkeleton } from "../thread/pick-skeleton";
import { PriorityIcon, priorityName } from "../thread/priority";
import type { ActionNames } from "./bulk-rules";
import { PRIORITIES } from "./filter-model";
import { BULK_MATCHES_MAX } from "./limits";
import type { Selection } from "./use-selection";

const BulkAssign = dynamic(() => fetchCode(() => import("./bulk-pickers")).then((module) => module.BulkAssign), { loading: PickSkeleton });
const BulkLabel = dynamic(() => fetchCode(() => import("./bulk-pickers")).then((module) => module.BulkLabel), { loading: PickSkeleton });
const BulkSnooze = dynamic(() => fetchCode(() => import("./bulk-pickers")).then((module) => module.BulkSnooze), { loading: PickSkeleton });

export interface BulkBarProps {
  readonly selection: Selection;
  readonly rows: readonly ConversationSummary[];
  readonly hasMore: boolean;
  readonly onRun: (action: BulkAction, names?: ActionNames) => void;
}

/** Stands where title and filters do while something is ticked: how many, and what can be done with them. */
export function BulkBar({ selection, rows, hasMore, onRun }: BulkBarProps) {
  const t = useTranslations("inbox-list.bulk");
  const leaveKeys = useKeys("inbox.leave");
  const { ids, everything } = selection;
  const all = rows.length > 0 && rows.every(({ id }) => ids.has(id));
  return (
    <section aria-label={t("label")} className="flex flex-col border-b bg-selected">
      <div className="flex h-12 items-center gap-2.5 px-3">
        <Checkbox
          checked={all}
          indeterminate={!all}
          aria-label={all ? t("none") : t("allLoaded")}
          onCheckedChange={() => (all ? selection.clear() : selection.chooseAll())}
        />
        <h1 className="tabular min-w-0 flex-1 truncate text-base font-semibold" aria-live="polite">
          {everything ? t("everything") : t("count", { count: ids.size })}
        </h1>
        <IconButton size="sm" label={t("clear")} keys={leaveKeys} icon={<X />} onClick={selection.clear} />
      </div>
      <BulkActions rows={rows.filter(({ id }) => ids.has(id))} onRun={onRun} />
      {all && hasMore && !everything ? (
        <div className="border-t px-3 py-1.5 text-sm text-ink-muted">
          {t("loadedOnly", { count: ids.size })}{" "}
          <button type="button" onClick={selection.chooseEverything} className="font-medium text-accent-text hover:underline">
            {t("chooseEverything", { max: BULK_MATCHES_MAX })}
          </button>
        </div>
      ) : null}
    </section>
  );
}

type Run = BulkBarProps["onRun"];

function BulkActions({ rows, onRun }: { readonly rows: readonly ConversationSummary[]; readonly onRun: Run }) {
  const t = useTranslations("inbox-list.bulk");
  const isSettled = rows.length > 0 && rows.every(({ status }) => status === "resolved");
  return (
    <div role="toolbar" aria-label={t("label")} className="flex items-center gap-0.5 px-2 pb-2">
      <Picking label={t("assign")} name="bulk-assign" icon={<UserRound />}>
        {(close) => <BulkAssign onPick={(action, names) => close(() => onRun(action, names))} />}
      </Picking>
      <Picking label={t("labels")} name="bulk-label" icon={<Tag />}>
        {() => <BulkLabel rows={rows} onPick={onRun} />}
      </Picking>
      <PriorityMenu onRun={onRun} />
      <Picking label={t("snooze")} name="bulk-snooze" icon={<AlarmClock />}>
        {(close) => <BulkSnooze onPick={(until) => close(() => onRun({ kind: "snooze", until }))} />}
      </Picking>
      <Doing
        label={isSettled ? t("reopen") : t("resolve")}
        shortcut="inbox.resolve"
        icon={<CircleCheck />}
        onPress={() => onRun({ kind: "status", status: isSettled ? "open" : "resolved" })}
      />
      <span className="flex-1" />
      <Menu align="end" trigger={<IconButton size="sm" label={t("more")} icon={<Ellipsis />} />}>
        <MenuItem icon={<MailOpen />} onSelect={() => onRun({ kind: "read" })}>
          {t("read")}
        </MenuItem>
        <MenuItem icon={<Mail />} onSelect={() => onRun({ kind: "unread" })}>
          {t("unread")}
        </MenuItem>
        <MenuSeparator />
        <MenuItem onSelect={() => onRun({ kind: "status", status: "pending" })}>{t("pending")}</MenuItem>
        <MenuItem onSelect={() => onRun({ kind: "status", status: "open" })}>{t("reopen")}</MenuItem>
      </Menu>
    </div>
  );
}

interface DeedProps {
  readonly label: string;
  readonly shortcut: ShortcutId;
  readonly icon: ReactElement;
}

function Doing({ label, shortcut, icon, onPress }: DeedProps & { readonly onPress: () => void }) {
  const keys = useKeys(shortcut);
  return <IconButton size="sm" label={label} keys={keys} icon={icon} onClick={onPress} />;
}

interface PickingProps extends Omit<DeedProps, "shortcut"> {
  /** By this the key finds the button. */
  readonly name: string;
  readonly children: (close: (then: () => void) => void) => ReactNode;
}

function Picking({ label, name, icon, children }: PickingProps) {
  const [open, setOpen] = useState(false);
  const close = (then: () => void) => {
    setOpen(false);
    then();
  };
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      label={label}
      trigger={<Button size="sm" variant="ghost" data-shortcut={name} aria-label={label} title={label} className="w-7 px-0 coarse:w-9" icon={icon} />}
    >
      {children(close)}
    </Popover>
  );
}

function PriorityMenu({ onRun }: { readonly onRun: Run }) {
  const t = useTranslations("inbox-list");
  return (
    <Menu
      trigger={
        <Button
          size="sm"
          variant="ghost"
          data-shortcut="bulk-priority"
          aria-label={t("bulk.priority")}
          title={t("bulk.priority")}
          className="w-7 px-0 coarse:w-9"
          icon={<Flag />}
        />
      }
    >
      {PRIORITIES.map((priority) => (
        <MenuItem key={priority} icon={<PriorityIcon priority={priority} />} onSelect={() => onRun({ kind: "priority", priority })}>
          {t(`row.priority.${priorityName(priority)}`)}
        </MenuItem>
      ))}
    </Menu>
  );
}
