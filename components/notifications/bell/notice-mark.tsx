import { AlarmClock, AlarmClockOff, AtSign, type LucideIcon, MessageSquareText, PackageX, Plug, SendHorizontal, UserRoundCheck } from "lucide-react";
import { ChannelMark } from "@/components/ui/channel-mark";
import { cn } from "@/components/ui/class-names";
import type { NoticeKind } from "@/server/notifications/schema";

interface Look {
  readonly icon: LucideIcon;
  readonly tone: string;
}

const quiet = "bg-sunken text-ink-muted";

/** Colour only where it means a state: near, late, failed. */
const looks: Readonly<Record<NoticeKind, Look>> = {
  new_message: { icon: MessageSquareText, tone: quiet },
  assigned: { icon: UserRoundCheck, tone: quiet },
  mentioned: { icon: AtSign, tone: quiet },
  deadline_near: { icon: AlarmClock, tone: "bg-attention-soft text-attention-text" },
  deadline_breached: { icon: AlarmClockOff, tone: "bg-overdue-soft text-overdue-text" },
  send_failed: { icon: SendHorizontal, tone: "bg-failed-soft text-failed-text" },
  order_change_failed: { icon: PackageX, tone: "bg-failed-soft text-failed-text" },
  connection: { icon: Plug, tone: "bg-failed-soft text-failed-text" },
};

/** What kind of notice it is, as a sign; the title beside says it in words. `channel` as in `ozon.chat`. */
export function NoticeMark({ kind, channel }: { readonly kind: NoticeKind; readonly channel?: string | undefined }) {
  const { icon: Icon, tone } = looks[kind];
  return (
    <span aria-hidden="true" className={cn("relative flex size-8 shrink-0 items-center justify-center rounded-full", tone)}>
      <Icon className="size-4" />
      {channel === undefined ? null : <ChannelMark system={channel.split(".")[0] ?? channel} size="sm" className="absolute -right-1 -bottom-1" />}
    </span>
  );
}
