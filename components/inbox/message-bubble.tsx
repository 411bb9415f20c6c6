"use client";

import { FileText } from "lucide-react";
import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/class-names";
import { DateTime } from "@/components/ui/date-time";
import type { MessageView } from "@/server/inbox/schema";
import { SendStateLine } from "./send-state";

/** Address of our own proxy: the marketplace's file servers want the shop's key, which never reaches a browser. */
const attachmentUrl = (messageId: string, index: number) => `/api/inbox/attachments/${messageId}/${index}`;

export function MessageBubble({ message, grouped }: { readonly message: MessageView; readonly grouped: boolean }) {
  const t = useTranslations("inbox");
  if (message.side === "system") return <SystemLine message={message} />;
  const ours = message.side === "seller";
  const pending = message.send !== null && (message.send.state === "queued" || message.send.state === "sending");
  const troubled = message.send !== null && (message.send.state === "rejected" || message.send.state === "unknown");
  return (
    <li className={cn("flex flex-col", ours ? "items-end" : "items-start", grouped ? "pt-1" : "pt-3")}>
      <div
        className={cn(
          "max-w-[85%] rounded-xl px-3.5 py-2 text-base break-words whitespace-pre-wrap md:max-w-[34rem]",
          ours ? "bg-accent-soft text-ink" : "border bg-surface",
          pending && "opacity-75",
          troubled && "bg-surface ring-1 ring-failed ring-inset",
        )}
      >
        <span className="sr-only">{ours ? t("bubble.ours") : t("bubble.buyer")}: </span>
        {message.text === "" ? null : <span>{message.text}</span>}
        <Attachments message={message} />
      </div>
      <p className="mt-1 flex items-center gap-1.5 px-1 text-xs text-ink-faint">
        <DateTime value={message.sentAt} parts="time" className="tabular" />
        {ours && message.send === null ? <span>· {t("bubble.elsewhere")}</span> : null}
        {message.send === null ? null : <SendStateLine messageId={message.id} send={message.send} isRead={message.isReadByBuyer} />}
      </p>
    </li>
  );
}

function Attachments({ message }: { readonly message: MessageView }) {
  const t = useTranslations("inbox");
  const file = message.send?.file ?? null;
  if (message.attachments.length === 0 && file === null) return null;
  return (
    <span className={cn("flex flex-wrap gap-2", message.text !== "" && "mt-2")}>
      {message.attachments.map((attachment) =>
        attachment.kind === "image" ? (
          <a
            key={attachment.index}
            href={attachmentUrl(message.id, attachment.index)}
            target="_blank"
            rel="noreferrer"
            className="block overflow-hidden rounded-lg border"
          >
            <img
              src={attachmentUrl(message.id, attachment.index)}
              alt={attachment.name || t("bubble.image")}
              loading="lazy"
              className="max-h-56 min-h-16 min-w-16 max-w-full bg-sunken object-cover"
            />
          </a>
        ) : (
          <a
            key={attachment.index}
            href={attachmentUrl(message.id, attachment.index)}
            target="_blank"
            rel="noreferrer"
            className="inline-flex items-center gap-2 rounded-lg border bg-surface px-2.5 py-1.5 text-sm hover:bg-hover"
          >
            <FileText className="size-4 text-ink-muted" />
            {attachment.name}
          </a>
        ),
      )}
      {file === null || message.attachments.length > 0 ? null : (
        <span className="inline-flex items-center gap-2 rounded-lg border bg-surface px-2.5 py-1.5 text-sm">
          <FileText className="size-4 text-ink-muted" />
          {file.name}
        </span>
      )}
    </span>
  );
}

function SystemLine({ message }: { readonly message: MessageView }) {
  return (
    <li className="flex justify-center pt-3">
      <p className="max-w-[85%] rounded-full bg-sunken px-3 py-1 text-center text-sm text-pretty text-ink-muted">
        {message.text} <DateTime value={message.sentAt} parts="time" className="tabular text-xs text-ink-faint" />
      </p>
    </li>
  );
}
