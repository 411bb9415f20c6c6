"use client";

import { useTranslations } from "next-intl";
import { useErrorText } from "@/components/providers/use-error-text";
import { StatusPill, type Tone } from "@/components/ui/badge";
import { ChannelMark } from "@/components/ui/channel-mark";
import { DateTime, RelativeTime } from "@/components/ui/date-time";
import { Cell, TableRow } from "@/components/ui/table";
import type { DeliveryView } from "./delivery-log";
import { RemoteWords } from "./test-outcome";

const tones: Readonly<Record<DeliveryView["status"], Tone>> = { waiting: "attention", sent: "ok", failed: "failed", skipped: "neutral" };

export function DeliveryRow({ delivery, showsPeople }: { readonly delivery: DeliveryView; readonly showsPeople: boolean }) {
  const t = useTranslations("notices.log");
  const words = useTranslations("notifications");
  const { channel, status, form, kind, userName, createdAt, settledAt } = delivery;
  const what = kind === null ? t("sample") : words(`kinds.${kind}`);
  return (
    <TableRow className="h-14 align-top">
      <Cell className="py-2.5">
        <span className="flex items-start gap-2.5">
          <ChannelMark system={channel === "email" ? "smtp" : channel} label={words(`channels.${channel}`)} />
          <span className="min-w-0">
            <span className="block">{what}</span>
            <span className="block text-sm text-ink-muted">
              {words(`channels.${channel}`)}
              {form === "digest" ? ` · ${t("inDigest")}` : null}
            </span>
            <span className="flex flex-col text-sm text-ink-muted sm:hidden">
              {showsPeople ? <span>{userName}</span> : null}
              <RelativeTime value={settledAt ?? createdAt} className="w-fit" />
            </span>
          </span>
        </span>
      </Cell>
      {showsPeople ? <Cell className="py-2.5 max-sm:hidden">{userName}</Cell> : null}
      <Cell className="min-w-40 py-2.5">
        <StatusPill tone={tones[status]} active={status === "waiting"}>
          {words(`deliveryStatus.${status}`)}
        </StatusPill>
        <Reason delivery={delivery} />
      </Cell>
      <Cell numeric className="py-2.5 text-sm text-ink-muted max-sm:hidden">
        <RelativeTime value={settledAt ?? createdAt} />
      </Cell>
    </TableRow>
  );
}

/** Why it stands where it stands. */
function Reason({ delivery }: { readonly delivery: DeliveryView }) {
  const t = useTranslations("notices.log");
  const words = useTranslations("notifications");
  const errorText = useErrorText();
  const { status, errorCode, errorText: remoteText, nextTryAt, attempts } = delivery;
  if (status === "sent") return null;
  const skipped = `skipped.${errorCode?.split(".").at(-1) ?? ""}`;
  const reason = errorCode === null ? null : status === "skipped" && words.has(skipped) ? words(skipped) : errorText.forCode(errorCode);
  return (
    <div className="max-w-prose text-sm text-pretty text-ink-muted">
      {reason === null ? null : <p>{reason}</p>}
      {remoteText === null ? null : <RemoteWords text={remoteText} />}
      {status === "waiting" && nextTryAt !== null ? (
        <p>
          {t(attempts === 0 ? "leavesAt" : "nextTry")} <DateTime value={nextTryAt} className="tabular" />
        </p>
      ) : null}
    </div>
  );
}
