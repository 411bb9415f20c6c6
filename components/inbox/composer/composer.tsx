"use client";

import { useQuery } from "@tanstack/react-query";
import { Globe } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC } from "@/components/providers/trpc-provider";
import { cn } from "@/components/ui/class-names";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import type { ConversationSummary, ThreadPart } from "@/server/inbox/schema";
import type { PresenceEntry } from "@/server/inbox/team/schema";
import { TypingLine } from "../thread/presence";
import { useMayWrite } from "../use-may-write";
import { ClosedNotice } from "./closed-composer";
import { NoteBox } from "./note-box";
import { ReplyBox } from "./reply-box";

type Mode = "reply" | "note";

export interface ComposerProps {
  readonly conversation: ConversationSummary;
  readonly parts: readonly ThreadPart[];
  /** The conversation of the buyer's newest message: where an answer goes unless another is chosen. */
  readonly answers: string;
  readonly standing: string | null;
  readonly others: readonly PresenceEntry[];
  readonly onTyping: () => void;
}

/** Puts the cursor into a box that may be about to appear. */
function focusSoon(name: Mode): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`textarea[data-shortcut="${name}"]`)?.focus());
}

/** An answer to the buyer or a note to the team. The channel's rules come from the server as data. */
export function Composer({ conversation, parts, answers, standing, others, onTyping }: ComposerProps) {
  const [mode, setMode] = useState<Mode>("reply");
  const [chosen, setChosen] = useState<string | null>(null);
  const targetId = parts.find(({ conversationId }) => conversationId === chosen)?.conversationId ?? answers;
  const mayWrite = useMayWrite();
  const go = (next: Mode) => {
    setMode(next);
    focusSoon(next);
  };
  if (mayWrite === undefined) return <div aria-busy="true" className="h-36 border-t" />;
  return (
    <div className="border-t bg-surface px-4 pt-2 pb-3 md:px-6">
      <div className="mx-auto flex max-w-3xl flex-col gap-2">
        {mayWrite ? (
          <div className="flex flex-col">
            <div className="flex items-end justify-between gap-3">
              <ModeTabs mode={mode} onChange={go} />
              <TypingLine others={others} />
              {mode === "reply" && parts.length > 1 ? <TargetSelect parts={parts} value={targetId} onChange={setChosen} /> : null}
            </div>
            {mode === "note" ? (
              <NoteBox conversationId={conversation.id} onTyping={onTyping} />
            ) : (
              <Reply conversation={conversation} targetId={targetId} standing={standing} onTyping={onTyping} />
            )}
          </div>
        ) : (
          <ClosedNotice code="not_permitted" params={{}} />
        )}
      </div>
    </div>
  );
}

function Reply({ conversation, targetId, standing, onTyping }: Pick<ComposerProps, "conversation" | "standing" | "onTyping"> & { readonly targetId: string }) {
  const t = useTranslations("inbox.composer");
  const word = useTranslations("thread.composer");
  const trpc = useTRPC();
  const { data: state } = useQuery(trpc.inbox.writeState.queryOptions({ conversationId: targetId }, { refetchInterval: 60_000 }));
  if (state === undefined) return <div aria-busy="true" className="h-28 rounded-lg rounded-tl-none border" />;
  if (!state.open) return <ClosedNotice code={state.code ?? "unknown"} params={state.params} />;
  return (
    <div className="flex flex-col gap-2">
      {state.delayCode === null ? null : (
        <Notice tone="attention" className="rounded-tl-none">
          {t.has(`delay.${state.delayCode}`) ? t(`delay.${state.delayCode}`) : t("delay.unknown")}
        </Notice>
      )}
      <ReplyBox conversation={conversation} targetId={targetId} state={state} standing={standing} onTyping={onTyping} />
      {conversation.kind === "chat" ? null : (
        <p className="flex items-center gap-1.5 text-xs text-ink-faint">
          <Globe className="size-3.5 shrink-0" aria-hidden="true" />
          {standing === null ? word("public") : word("publicEdit")}
        </p>
      )}
    </div>
  );
}

const MODES: readonly Mode[] = ["reply", "note"];

/** Sits on the box it belongs to, in the box's own colour. */
function ModeTabs({ mode, onChange }: { readonly mode: Mode; readonly onChange: (mode: Mode) => void }) {
  const t = useTranslations("thread.composer");
  return (
    <div role="group" aria-label={t("mode")} className="flex">
      {MODES.map((entry) => (
        <button
          key={entry}
          type="button"
          aria-pressed={mode === entry}
          // The key for it presses this, unless its box is there to be focused.
          data-shortcut={mode === entry ? undefined : entry}
          onClick={() => onChange(entry)}
          className={cn(
            "focus-inset relative z-10 -mb-px h-8 rounded-t-lg border border-b-0 border-transparent px-3 text-sm font-medium text-ink-muted hover:text-ink coarse:h-10",
            mode === entry && (entry === "note" ? "border-attention/45 bg-attention-soft text-attention-text" : "border-line-strong bg-surface text-ink"),
          )}
        >
          {t(entry)}
        </button>
      ))}
    </div>
  );
}

interface TargetSelectProps {
  readonly parts: readonly ThreadPart[];
  readonly value: string;
  readonly onChange: (conversationId: string) => void;
}

/** Of a merged thread: which of its conversations hears the answer. */
function TargetSelect({ parts, value, onChange }: TargetSelectProps) {
  const t = useTranslations("thread");
  const options = parts.map((part) => ({
    value: part.conversationId,
    label: t("composer.to", { place: part.orderNumber === null ? t(`part.${part.kind}`) : t("part.order", { order: part.orderNumber }) }),
  }));
  return (
    <Select
      size="sm"
      label={t("composer.target")}
      options={options}
      value={value}
      onValueChange={onChange}
      className="mb-1 w-auto max-w-44 min-w-0 shrink md:max-w-56"
    />
  );
}
