"use client";

import { Hash } from "lucide-react";
import dynamic from "next/dynamic";
import { useFormatter, useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { useMay } from "@/components/layout/use-may";
import { useShortcut } from "@/components/layout/use-shortcut";
import { cn } from "@/components/ui/class-names";
import { IconButton } from "@/components/ui/icon-button";
import { fetchCode } from "@/components/ui/late/fetch-code";
import { Notice } from "@/components/ui/notice";
import type { ConversationSummary, WriteStateView } from "@/server/inbox/schema";
import { useChanges } from "../thread/use-changes";
import { FileButton, FileChips, useFileReader } from "./attachments";
import { useDraftText } from "./draft-texts";
import { GuardFindings } from "./guard-findings";
import { type Mark, openPlaceholders } from "./marks";
import type { ChosenFile } from "./read-file";
import { SendButton } from "./send-button";
import { useGuard } from "./use-guard";
import { type Outgoing, useSend } from "./use-send";
import { useTemplates } from "./use-templates";
import { WritingBox } from "./writing-box";

const OverrideDialog = dynamic(() => fetchCode(() => import("./override-dialog")).then((module) => module.OverrideDialog));

const MACRO_SIGN = ";";

/** Opens the list of macros in the tools of the thread. @returns false where there is none. */
function openMacros(): boolean {
  const button = document.querySelector<HTMLElement>('[data-shortcut="macro"]');
  button?.click();
  return button !== null;
}

export interface ReplyBoxProps {
  readonly conversation: ConversationSummary;
  /** Where the answer goes: of a merged thread, one of its conversations. */
  readonly targetId: string;
  readonly state: WriteStateView;
  /** The answer that stands already, where a new one would take its place. */
  readonly standing: string | null;
  readonly onTyping: () => void;
}

export function ReplyBox({ conversation, targetId, state, standing, onTyping }: ReplyBoxProps) {
  const t = useTranslations("inbox.composer");
  const word = useTranslations("thread.composer");
  const box = useRef<HTMLDivElement>(null);
  const reply = useReply(conversation, targetId, state);
  const { text, setText, write, files, guard, marks, left, canSend, submit, stopped } = reply;
  const templates = useTemplates(conversation);
  const mayOverride = useMay("guard.override");
  const [overriding, setOverriding] = useState(false);
  const isInside = () => box.current?.contains(document.activeElement) === true;
  useShortcut("inbox.send", () => (isInside() ? submit({}) : undefined));
  useShortcut("inbox.sendResolve", () => (isInside() ? submit({ resolve: true }) : undefined));
  const override = mayOverride && (guard.findings.length > 0 || stopped !== null) ? () => setOverriding(true) : undefined;

  return (
    <>
      <div
        ref={box}
        className="@container rounded-lg rounded-tl-none border border-line-strong bg-surface focus-within:border-ring focus-within:outline-2 focus-within:-outline-offset-1 focus-within:outline-ring"
      >
        <WritingBox
          value={text}
          onChange={(next) => {
            // Typed into an empty box it asks for a macro; anywhere else it is a semicolon.
            if (text === "" && next === MACRO_SIGN && openMacros()) return;
            write(next);
            onTyping();
          }}
          label={t("label")}
          placeholder={t("placeholder")}
          invalid={left < 0 || guard.findings.length > 0}
          shortcut="reply"
          marks={marks}
          sign="#"
          suggestions={templates.suggestions}
          suggestionsLabel={word("templates")}
          onQuery={templates.setQuery}
          onPick={({ id }) => {
            templates.used(id);
            reply.fromTemplate();
          }}
          onFiles={(chosen) => void reply.addFiles(chosen)}
        />
        <FileChips files={files} onRemove={reply.removeFile} />
        <div className="px-2 pb-2 empty:hidden">
          <GuardFindings guard={guard} onUseClean={write} onOverride={override} />
          {stopped !== null && guard.findings.length === 0 ? <Stopped what={stopped} onOverride={override} /> : null}
        </div>
        <div className="flex items-center gap-1.5 px-2 pb-2">
          {state.rules.files.allowed ? <FileButton rules={state.rules.files} onChoose={(chosen) => void reply.addFiles(chosen)} /> : null}
          <IconButton size="sm" label={word("templates")} icon={<Hash />} onClick={() => insertSign(box.current, setText)} />
          {standing !== null && text === "" ? (
            <button type="button" className="truncate rounded-sm px-1 text-xs font-medium text-accent-text hover:underline" onClick={() => setText(standing)}>
              {word("takeStanding")}
            </button>
          ) : (
            <Until state={state} />
          )}
          <span className="flex-1" />
          <Remaining left={left} isOpen={marks.some(({ tone }) => tone === "attention")} />
          <SendButton
            disabled={!canSend}
            replaces={standing !== null}
            onSend={() => submit({})}
            onSendAndResolve={() => submit({ resolve: true })}
            onSendLater={(at) => submit({ at })}
          />
        </div>
      </div>
      {overriding ? (
        <OverrideDialog
          open
          onOpenChange={setOverriding}
          onConfirm={(reason) => {
            setOverriding(false);
            submit({ override: { reason } });
          }}
        />
      ) : null}
    </>
  );
}

/** Types the sign for people who point; the list of templates opens as if they had typed it. */
function insertSign(box: HTMLElement | null, setText: (next: (before: string) => string) => void): void {
  setText((before) => (before === "" || /\s$/.test(before) ? `${before}#` : `${before} #`));
  const field = box?.querySelector("textarea");
  requestAnimationFrame(() => {
    field?.focus();
    field?.setSelectionRange(field.value.length, field.value.length);
  });
}

interface SubmitOptions {
  readonly resolve?: boolean | undefined;
  readonly at?: Date | undefined;
  readonly override?: { readonly reason: string } | undefined;
}

/** The unfinished answer, what is wrong with it, and sending it. */
function useReply(conversation: ConversationSummary, targetId: string, { rules }: WriteStateView) {
  const [text, setText] = useDraftText(conversation.id, "reply");
  const [files, setFiles] = useState<readonly ChosenFile[]>([]);
  /** What the guard of the outbox stopped although nothing was found here: a file, or a text too long to be looked at while typing. */
  const [stopped, setStopped] = useState<"text" | "file" | null>(null);
  const origin = useRef<"person" | "template">("person");
  const guard = useGuard(text);
  const { setStatus } = useChanges(conversation);
  const onReturned = (outgoing: Outgoing, why: "taken-back" | "blocked" | "failed") => {
    if (why === "blocked") setStopped(outgoing.text === undefined ? "file" : "text");
    if (outgoing.text === undefined) setFiles((before) => [...before, outgoing.file]);
    else setText((now) => (now.trim() === "" ? outgoing.text : `${outgoing.text}\n\n${now}`));
  };
  const send = useSend({ conversationId: targetId, headId: conversation.id, onReturned });
  const addFiles = useFileReader(rules.files, files, setFiles);
  const placeholders = openPlaceholders(text);
  const marks: Mark[] = [...guard.findings.map(({ start, end }) => ({ start, end, tone: "failed" as const })), ...placeholders];
  const left = rules.maxTextLength - [...text].length;
  const isFine = left >= 0 && placeholders.length === 0;
  const canSend = (text.trim() !== "" ? isFine && guard.findings.length === 0 : files.length > 0) && stopped === null;

  const submit = ({ resolve = false, at, override }: SubmitOptions) => {
    if (override === undefined ? !canSend : !isFine) return;
    const options = { origin: origin.current, at, override };
    for (const file of files) send({ file }, options);
    if (text.trim() !== "") send({ text: text.trim() }, options);
    setText("");
    setFiles([]);
    setStopped(null);
    origin.current = "person";
    if (resolve) void setStatus("resolved");
  };
  const removeFile = (file: ChosenFile) => {
    setFiles((before) => before.filter((entry) => entry !== file));
    setStopped(null);
  };
  const write = (next: string) => {
    setText(next);
    if (stopped === "text") setStopped(null);
  };
  const fromTemplate = () => {
    origin.current = "template";
  };
  return { text, write, setText, files, addFiles, removeFile, stopped, guard, marks, left, canSend, submit, fromTemplate };
}

function Stopped({ what, onOverride }: { readonly what: "text" | "file"; readonly onOverride: (() => void) | undefined }) {
  const t = useTranslations("thread.guard");
  return (
    <Notice
      tone="failed"
      live
      action={
        onOverride === undefined ? undefined : (
          <button type="button" className="shrink-0 text-sm font-semibold underline-offset-2 hover:underline" onClick={onOverride}>
            {t("override")}
          </button>
        )
      }
    >
      {t(`stopped.${what}`)}
    </Notice>
  );
}

function Until({ state }: { readonly state: WriteStateView }) {
  const t = useTranslations("inbox.composer");
  const word = useTranslations("thread.composer");
  const format = useFormatter();
  if (state.until === null) return null;
  const time = format.dateTime(state.until, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return (
    <span className="min-w-0 truncate text-xs text-ink-faint">
      <span className="@max-md:hidden">{t("until", { time })}</span>
      <span className="@md:hidden">{word("until", { time })}</span>
    </span>
  );
}

function Remaining({ left, isOpen }: { readonly left: number; readonly isOpen: boolean }) {
  const t = useTranslations("inbox.composer");
  const word = useTranslations("thread.composer");
  return (
    <span
      aria-live="polite"
      className={cn("tabular shrink-0 text-xs", left < 0 ? "font-medium text-failed-text" : left < 100 || isOpen ? "text-attention-text" : "text-ink-faint")}
    >
      {left < 0 ? t("over", { count: -left }) : isOpen ? word("fillIn") : left < 200 ? t("left", { count: left }) : null}
    </span>
  );
}
