"use client";

import { useTranslations } from "next-intl";
import { Avatar } from "@/components/ui/avatar";
import { Tooltip } from "@/components/ui/tooltip";
import type { PresenceEntry } from "@/server/inbox/team/schema";

const SHOWN = 3;

/** Who else looks at this conversation now. */
export function PresenceFaces({ others }: { readonly others: readonly PresenceEntry[] }) {
  const t = useTranslations("thread.presence");
  if (others.length === 0) return null;
  return (
    <ul aria-label={t("label")} className="flex -space-x-1.5">
      {others.slice(0, SHOWN).map(({ userId, name, activity }) => (
        <li key={userId}>
          <Tooltip content={t(activity, { name })}>
            <span className="flex rounded-full ring-2 ring-surface">
              <Avatar name={name} size="sm" label={t(activity, { name })} />
            </span>
          </Tooltip>
        </li>
      ))}
      {others.length > SHOWN ? <li className="pl-2.5 text-xs leading-6 text-ink-faint">+{others.length - SHOWN}</li> : null}
    </ul>
  );
}

/** Somebody writes here too: said where one is about to write oneself. */
export function TypingLine({ others }: { readonly others: readonly PresenceEntry[] }) {
  const t = useTranslations("thread.presence");
  const typing = others.filter(({ activity }) => activity === "typing");
  const [first] = typing;
  return (
    <p role="status" className="min-w-0 flex-1 truncate pb-1.5 text-right text-xs text-attention-text">
      {first === undefined ? null : t("typingNow", { name: first.name, others: typing.length - 1 })}
    </p>
  );
}
