"use client";

import { CalendarClock, ChevronDown, CircleCheck, SendHorizontal } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useKeys } from "@/components/layout/shortcut-map";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { fetchCode } from "@/components/ui/late/fetch-code";
import { Menu, MenuItem } from "@/components/ui/menu";

const LaterDialog = dynamic(() => fetchCode(() => import("./later-dialog")).then((module) => module.LaterDialog));

export interface SendButtonProps {
  readonly disabled: boolean;
  /** The answer stands already and this one takes its place. */
  readonly replaces: boolean;
  readonly onSend: () => void;
  readonly onSendAndResolve: () => void;
  readonly onSendLater: (at: Date) => void;
}

/** Send at a press; with the arrow, send and be done, or send later. */
export function SendButton({ disabled, replaces, onSend, onSendAndResolve, onSendLater }: SendButtonProps) {
  const t = useTranslations("inbox.composer");
  const word = useTranslations("thread.composer");
  const sendKeys = useKeys("inbox.send");
  const resolveKeys = useKeys("inbox.sendResolve");
  const [later, setLater] = useState(false);
  return (
    <span className="flex">
      <Button variant="primary" size="sm" disabled={disabled} icon={<SendHorizontal />} className="rounded-r-none" onClick={onSend}>
        {replaces ? word("replace") : t("send")}
        <Kbd keys={sendKeys} className="hidden opacity-70 @md:inline-flex" tone="inverse" />
      </Button>
      <Menu
        align="end"
        side="top"
        trigger={
          <Button
            variant="primary"
            size="sm"
            disabled={disabled}
            aria-label={word("moreWays")}
            className="rounded-l-none border-l border-accent-ink/25 px-1.5"
            icon={<ChevronDown />}
          />
        }
      >
        <MenuItem icon={<CircleCheck />} keys={resolveKeys} onSelect={onSendAndResolve}>
          {word("sendAndResolve")}
        </MenuItem>
        <MenuItem icon={<CalendarClock />} onSelect={() => setLater(true)}>
          {word("sendLater")}
        </MenuItem>
      </Menu>
      {later ? (
        <LaterDialog
          open
          onOpenChange={setLater}
          onPick={(at) => {
            setLater(false);
            onSendLater(at);
          }}
        />
      ) : null}
    </span>
  );
}
