"use client";

import { ChevronDown, CircleCheck, CircleDot, Hourglass, RotateCcw, SkipForward } from "lucide-react";
import { useTranslations } from "next-intl";
import { useKeys } from "@/components/layout/shortcut-map";
import { Badge, type Tone } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Menu, MenuItem } from "@/components/ui/menu";
import type { ConversationStatus, ConversationSummary } from "@/server/inbox/schema";
import { useMayWrite } from "../use-may-write";
import { useChanges } from "./use-changes";

const tones: Readonly<Partial<Record<ConversationStatus, Tone>>> = { resolved: "ok", pending: "neutral", snoozed: "neutral", closed: "neutral" };

export interface StatusControlProps {
  readonly conversation: ConversationSummary;
  /** Goes on to the next conversation of the list; absent where there is no list. */
  readonly onNext: (() => void) | undefined;
}

/** Resolve at a press, the other states behind the arrow. What a marketplace closed stays closed. */
export function StatusControl({ conversation, onNext }: StatusControlProps) {
  const t = useTranslations("inbox");
  const mayWrite = useMayWrite();
  const { status } = conversation;
  const tone = tones[status];
  return (
    <>
      {tone === undefined ? null : (
        <Badge tone={tone} className="@max-md:hidden">
          {t(`status.${status}`)}
        </Badge>
      )}
      {mayWrite === true && status !== "closed" ? <ResolveButton conversation={conversation} onNext={onNext} /> : null}
    </>
  );
}

function ResolveButton({ conversation, onNext }: StatusControlProps) {
  const t = useTranslations("inbox");
  const word = useTranslations("thread.status");
  const { setStatus } = useChanges(conversation);
  const resolveKeys = useKeys("inbox.resolve");
  const nextKeys = useKeys("inbox.resolveNext");
  const { status } = conversation;
  const resolved = status === "resolved";
  const resolveAndNext = () => {
    onNext?.();
    void setStatus("resolved");
  };
  return (
    <span className="flex">
      <Button
        size="sm"
        data-shortcut="resolve"
        icon={resolved ? <RotateCcw /> : <CircleCheck />}
        className="rounded-r-none"
        onClick={() => void setStatus(resolved ? "open" : "resolved")}
      >
        <span className="@max-md:sr-only">{resolved ? t("reopen") : t("resolve")}</span>
      </Button>
      {/* The key for "resolve and next" presses this; the menu shows the same deed to people who point. */}
      <button type="button" tabIndex={-1} aria-hidden="true" hidden data-shortcut="resolveNext" onClick={resolveAndNext} />
      <Menu align="end" trigger={<Button size="sm" aria-label={word("more")} className="-ml-px rounded-l-none px-1.5" icon={<ChevronDown />} />}>
        {resolved ? null : (
          <>
            <MenuItem icon={<CircleCheck />} keys={resolveKeys} onSelect={() => void setStatus("resolved")}>
              {t("resolve")}
            </MenuItem>
            {onNext === undefined ? null : (
              <MenuItem icon={<SkipForward />} keys={nextKeys} onSelect={resolveAndNext}>
                {word("resolveNext")}
              </MenuItem>
            )}
          </>
        )}
        {status === "pending" ? null : (
          <MenuItem icon={<Hourglass />} onSelect={() => void setStatus("pending")}>
            {word("pending")}
          </MenuItem>
        )}
        {status === "open" ? null : (
          <MenuItem icon={<CircleDot />} onSelect={() => void setStatus("open")}>
            {word("open")}
          </MenuItem>
        )}
      </Menu>
    </span>
  );
}
