"use client";

import { FileText } from "lucide-react";
import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/class-names";
import { DateTime } from "@/components/ui/date-time";
import type { MessageView } from "@/server/inbox/schema";
import { SendStateLine } from "./send-state";
import { UnknownOutcome } from "./unknown-outcome";

/** Address of our own proxy: the marketplace's file servers want the shop's key, which never reaches a browser. */
const attachmentUrl = (messageId: string, index: number) => `/api/inbox/attachments/${messageId}/${index}`;

export interface MessageBubbleProps {
  readonly message: MessageView;
  readonly grouped: boolean;
  /** Who of us wrote it, where that is known. */
  readonly author: string | null;
  /** Our messages that came from elsewhere after this one was sent: what an unknown outcome is compared with. */
  readonly seen: readonly MessageView[];
  readonly onEditAgain: (text: string) => void;
}

export function MessageBubble({ message, grouped, author, seen, onEditAgain }: MessageBubbleProps) {
  const t = useTranslations("inbox");
  if (message.side === "system") return <SystemLine message={message} />;
  const ours = message.side === "seller";
  const state = message.send?.state;
  const pending = state === "queued" || state === "sending";
  const troubled = state === "rejected" || state === "unknown";
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
      <Below message={message} author={author} onEditAgain={onEditAgain} />
      {state === "unknown" && message.send?.nextAt === null ? <UnknownOutcome message={message} seen={seen} /> : null}
    </li>
  );
}

/** Who, when, and where our message stands. */
function Below({ message, author, onEditAgain }: Pick<MessageBubbleProps, "message" | "author" | "onEditAgain">) {
  const t = useTranslations("inbox");
  const word = useTranslations("thread");
  const { moderation, send, sentAt } = message;
  const ours = message.side === "seller";
  return (
    <p className={cn("mt-1 flex flex-wrap items-center gap-x-1.5 px-1 text-xs text-ink-faint", ours && "justify-end")}>
      {author === null ? null : <span>{author} ·</span>}
      <DateTime value={sentAt} parts="time" className="tabular" />
      {ours && send === null ? <span>· {t("bubble.elsewhere")}</span> : null}
      {ours && moderation !== null && moderation !== "passed" ? (
        <span className={moderation === "failed" ? "text-failed-text" : "text-attention-text"}>· {word(`moderation.${moderation}`)}</span>
      ) : null}
      {send === null ? null : <SendStateLine message={message} send={send} onEditAgain={onEditAgain} />}
    </p>
  );
}

export function Attachments({ message }: { readonly message: MessageView }) {
  const t = useTranslations("inbox");
  const file = message.send?.file ?? null;
  if (message.attachments.length === 0 && file === null) return null;
  const chip = "inline-flex max-w-full items-center gap-2 rounded-lg border bg-surface px-2.5 py-1.5 text-sm";
  return (
    <span className={cn("flex flex-wrap gap-2", message.text !== "" && "mt-2")}>
      {message.attachments.map((attachment) => (
        <a
          key={attachment.index}
          href={attachmentUrl(message.id, attachment.index)}
          target="_blank"
          rel="noreferrer"
          className={attachment.kind === "image" ? "block overflow-hidden rounded-lg border" : cn(chip, "hover:bg-hover")}
        >
          {attachment.kind === "image" ? (
            <img
              src={attachmentUrl(message.id, attachment.index)}
              alt={attachment.name || t("bubble.image")}
              loading="lazy"
              className="max-h-56 min-h-16 min-w-16 max-w-full bg-sunken object-cover"
            />
          ) : (
            <>
              <FileText className="size-4 shrink-0 text-ink-muted" />
              <span className="truncate">{attachment.name}</span>
            </>
          )}
        </a>
      ))}
      {file === null || message.attachments.length > 0 ? null : (
        <span className={chip}>
          <FileText className="size-4 shrink-0 text-ink-muted" />
          <span className="truncate">{file.name}</span>
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
