"use client";

import { useTranslations } from "next-intl";
import { ChannelMark } from "@/components/ui/channel-mark";
import { RelativeTime } from "@/components/ui/date-time";
import type { ConversationContext } from "@/server/inbox/team/schema";
import { DetailSection } from "./detail-section";

export interface EarlierListProps {
  readonly earlier: ConversationContext["earlier"];
  readonly onOpen: ((conversationId: string) => void) | undefined;
}

/** The same buyer's other conversations at this shop: who writes for the third time should not have to say it. */
export function EarlierList({ earlier, onOpen }: EarlierListProps) {
  const t = useTranslations("thread.details");
  const status = useTranslations("inbox.status");
  return (
    <DetailSection title={t("earlier", { count: earlier.length })}>
      {earlier.length === 0 ? <p className="text-sm text-pretty text-ink-muted">{t("noEarlier")}</p> : null}
      <ul className="-mx-2 flex flex-col">
        {earlier.map((entry) => (
          <li key={entry.id}>
            <button
              type="button"
              disabled={onOpen === undefined}
              onClick={() => onOpen?.(entry.id)}
              className="focus-inset flex min-h-12 w-full items-start gap-2 rounded-md px-2 py-1.5 text-left hover:bg-hover"
            >
              <ChannelMark system={entry.channel.split(".")[0] ?? ""} size="sm" label={entry.channel} className="mt-0.5" />
              <span className="min-w-0 flex-1">
                <span className="flex items-baseline gap-2">
                  <span className="min-w-0 flex-1 truncate text-base">{entry.productName ?? entry.orderNumber ?? status(entry.status)}</span>
                  <RelativeTime value={entry.lastMessageAt} className="tabular shrink-0 text-xs text-ink-faint" />
                </span>
                <span className="block truncate text-sm text-ink-muted">{entry.lastMessagePreview}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </DetailSection>
  );
}
