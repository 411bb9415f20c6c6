"use client";

import { AlarmClock, Tag, UserRound, Users, Zap } from "lucide-react";
import dynamic from "next/dynamic";
import { useFormatter, useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { useKeys } from "@/components/layout/shortcut-map";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { LabelChip } from "@/components/ui/label-chip";
import { fetchCode } from "@/components/ui/late/fetch-code";
import { Menu, MenuChoice } from "@/components/ui/menu";
import { Popover } from "@/components/ui/popover";
import type { ConversationSummary } from "@/server/inbox/schema";
import { PickSkeleton } from "./pick-skeleton";
import { PRIORITIES, PriorityIcon, priorityName } from "./priority";
import { useChanges } from "./use-changes";

const AssigneePicker = dynamic(() => fetchCode(() => import("./assignee-picker")).then((module) => module.AssigneePicker), { loading: PickSkeleton });
const LabelPicker = dynamic(() => fetchCode(() => import("./label-picker")).then((module) => module.LabelPicker), { loading: PickSkeleton });
const MacroPicker = dynamic(() => fetchCode(() => import("./macro-picker")).then((module) => module.MacroPicker), { loading: PickSkeleton });
const MomentPicker = dynamic(() => fetchCode(() => import("./moment-picker")).then((module) => module.MomentPicker), { loading: PickSkeleton });

/** Whose it is, how urgent, what about, and until when it may wait: the facts that are ours alone. */
export function ThreadTools({ conversation }: { readonly conversation: ConversationSummary }) {
  const changes = useChanges(conversation);
  return (
    <>
      <AssignTool conversation={conversation} assign={changes.assign} />
      <PriorityTool conversation={conversation} setPriority={changes.setPriority} />
      <LabelTool conversation={conversation} toggleLabel={changes.toggleLabel} />
      <SnoozeTool conversation={conversation} snooze={changes.snooze} />
      <MacroTool conversation={conversation} />
    </>
  );
}

type Changes = ReturnType<typeof useChanges>;
interface ToolProps {
  readonly conversation: ConversationSummary;
}

/** A quiet button with an icon and, where there is room, its value. */
function toolButton(name: string, label: string, icon: ReactNode, value: ReactNode) {
  return (
    <Button size="sm" variant="ghost" data-shortcut={name} aria-label={label} icon={icon} className="min-w-0 shrink px-1.5">
      {value === null ? null : <span className="max-w-32 truncate">{value}</span>}
    </Button>
  );
}

function AssignTool({ conversation, assign }: ToolProps & Pick<Changes, "assign">) {
  const t = useTranslations("thread.assign");
  const [open, setOpen] = useState(false);
  const { assignee, team } = conversation;
  const icon = assignee === null ? team === null ? <UserRound /> : <Users /> : <Avatar name={assignee.name} size="xs" />;
  const value = assignee?.name ?? team?.name ?? t("unassigned");
  return (
    <Popover open={open} onOpenChange={setOpen} label={t("title")} trigger={toolButton("assign", t("label", { value }), icon, value)}>
      <AssigneePicker conversation={conversation} assign={assign} onDone={() => setOpen(false)} />
    </Popover>
  );
}

function PriorityTool({ conversation, setPriority }: ToolProps & Pick<Changes, "setPriority">) {
  const t = useTranslations("thread.priority");
  const name = priorityName(conversation.priority);
  return (
    <Menu
      trigger={toolButton(
        "priority",
        t("label", { value: t(name) }),
        <PriorityIcon priority={conversation.priority} />,
        conversation.priority === 0 ? null : t(name),
      )}
    >
      <MenuChoice
        label={t("title")}
        value={String(conversation.priority)}
        onValueChange={(value) => setPriority(Number(value))}
        options={PRIORITIES.toReversed().map((priority) => ({
          value: String(priority),
          label: t(priorityName(priority)),
          icon: <PriorityIcon priority={priority} />,
        }))}
      />
    </Menu>
  );
}

function LabelTool({ conversation, toggleLabel }: ToolProps & Pick<Changes, "toggleLabel">) {
  const t = useTranslations("thread.labels");
  const names = conversation.labels.map(({ name }) => name).join(", ");
  const [first, ...rest] = conversation.labels;
  return (
    <Popover
      label={t("title")}
      trigger={toolButton(
        "label",
        names === "" ? t("title") : t("label", { names }),
        first === undefined ? <Tag /> : null,
        first === undefined ? null : (
          <span className="flex items-center gap-1">
            <LabelChip name={first.name} color={first.color} className="max-w-28" />
            {rest.length === 0 ? null : <span className="text-xs">+{rest.length}</span>}
          </span>
        ),
      )}
    >
      <LabelPicker conversation={conversation} toggleLabel={toggleLabel} />
    </Popover>
  );
}

function MacroTool({ conversation }: ToolProps) {
  const t = useTranslations("thread.macros");
  const [open, setOpen] = useState(false);
  return (
    <Popover open={open} onOpenChange={setOpen} label={t("title")} trigger={toolButton("macro", t("title"), <Zap />, null)}>
      <MacroPicker conversation={conversation} onDone={() => setOpen(false)} />
    </Popover>
  );
}

function SnoozeTool({ conversation, snooze }: ToolProps & Pick<Changes, "snooze">) {
  const t = useTranslations("thread.snooze");
  const format = useFormatter();
  const keys = useKeys("inbox.snooze");
  const [open, setOpen] = useState(false);
  const until = conversation.snoozedUntil;
  if (conversation.status === "closed") return null;
  const value = until === null ? null : format.dateTime(until, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      label={t("title")}
      className="w-80"
      trigger={toolButton("snooze", value === null ? t("title") : t("until", { moment: value }), <AlarmClock />, value)}
    >
      <p className="flex items-center justify-between border-b px-3 py-2 text-sm font-medium">
        {t("title")}
        <Kbd keys={keys} />
      </p>
      <MomentPicker
        confirm={t("confirm")}
        onPick={(at) => {
          setOpen(false);
          void snooze(at);
        }}
      />
      <p className="border-t px-3 py-2 text-xs text-pretty text-ink-faint">{t("hint")}</p>
    </Popover>
  );
}
