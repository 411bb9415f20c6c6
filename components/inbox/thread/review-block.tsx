"use client";

import { MessageCircleQuestion, Star } from "lucide-react";
import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/class-names";
import { DateTime } from "@/components/ui/date-time";
import type { ConversationSummary, MessageView } from "@/server/inbox/schema";
import { Attachments } from "./message-bubble";

const STARS = [1, 2, 3, 4, 5] as const;

export function Stars({ rating }: { readonly rating: number }) {
  const t = useTranslations("thread.review");
  return (
    <span role="img" aria-label={t("stars", { rating })} className="inline-flex gap-0.5">
      {STARS.map((star) => (
        <Star key={star} aria-hidden="true" className={cn("size-4", star <= rating ? "fill-attention text-attention" : "text-line-strong")} />
      ))}
    </span>
  );
}

/** A review or a question as buyers see it on the product's page: the answer below it is public, too. */
export function ReviewBlock({ conversation, message }: { readonly conversation: ConversationSummary; readonly message: MessageView }) {
  const t = useTranslations("thread.review");
  const { kind, rating, productName, buyerName } = conversation;
  return (
    <li className="pt-1 pb-2">
      <article className="rounded-xl border bg-surface p-4 shadow-card">
        <header className="flex flex-wrap items-center gap-x-3 gap-y-1">
          {rating === null ? null : <Stars rating={rating} />}
          {kind === "question" ? <MessageCircleQuestion className="size-4 text-ink-muted" aria-hidden="true" /> : null}
          <h3 className="text-base font-semibold">{kind === "review" ? t("review") : t("question")}</h3>
          <span className="text-sm text-ink-faint">
            {buyerName === null || buyerName === "" ? null : `${buyerName} · `}
            <DateTime value={message.sentAt} />
          </span>
        </header>
        {productName === null ? null : <p className="mt-1 text-sm text-pretty text-ink-muted">{productName}</p>}
        <div className="mt-3 text-base break-words whitespace-pre-wrap">
          {message.text === "" && message.attachments.length === 0 ? <span className="text-ink-faint">{t("wordless")}</span> : message.text}
          <Attachments message={message} />
        </div>
      </article>
    </li>
  );
}
