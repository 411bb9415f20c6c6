"use client";

import { useQuery } from "@tanstack/react-query";
import { Lock, Paperclip, SendHorizontal, X } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { type ChangeEvent, type KeyboardEvent, useRef, useState } from "react";
import { useTRPC } from "@/components/providers/trpc-provider";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { IconButton } from "@/components/ui/icon-button";
import { Kbd } from "@/components/ui/kbd";
import { Notice } from "@/components/ui/notice";
import { toast } from "@/components/ui/toast";
import type { WriteStateView } from "@/server/inbox/schema";
import { type ChosenFile, readFile } from "./read-file";
import { useMayWrite } from "./use-may-write";
import { useSend } from "./use-send";

/** The channel's rules come from the server as data; when writing is closed the reason stands where the text would. */
export function Composer({ conversationId }: { readonly conversationId: string }) {
  const trpc = useTRPC();
  const { data: state } = useQuery(trpc.inbox.writeState.queryOptions({ conversationId }, { refetchInterval: 60_000 }));
  const mayWrite = useMayWrite();
  if (state === undefined || mayWrite === undefined) return <div aria-busy="true" className="h-32 border-t" />;
  if (!mayWrite) return <ClosedComposer code="not_permitted" params={{}} />;
  return state.open ? <OpenComposer conversationId={conversationId} state={state} /> : <ClosedComposer code={state.code ?? "unknown"} params={state.params} />;
}

function ClosedComposer({ code, params }: { readonly code: string; readonly params: WriteStateView["params"] }) {
  const t = useTranslations("inbox");
  const key = t.has(`closed.${code}`) ? code : "unknown";
  return (
    <div className="border-t px-4 py-4 md:px-6">
      <div className="mx-auto flex max-w-3xl items-start gap-3 rounded-lg border border-dashed bg-sunken px-4 py-3">
        <Lock className="mt-0.5 size-4 shrink-0 text-ink-muted" aria-hidden="true" />
        <div>
          <p className="text-base font-medium">{t("closed.title")}</p>
          <p className="text-base text-pretty text-ink-muted">{t(`closed.${key}`, params)}</p>
        </div>
      </div>
    </div>
  );
}

/** Drafts live as long as the tab; keyed by conversation so that switching back and forth loses nothing. */
const drafts = new Map<string, string>();

function OpenComposer({ conversationId, state }: { readonly conversationId: string; readonly state: WriteStateView }) {
  const t = useTranslations("inbox.composer");
  const [text, setTextState] = useState(() => drafts.get(conversationId) ?? "");
  const [file, setFile] = useState<ChosenFile | null>(null);
  const { rules } = state;
  const setText = (next: string) => {
    drafts.set(conversationId, next);
    setTextState(next);
  };
  const send = useSend(conversationId, (lost) => setText(lost));
  const left = rules.maxTextLength - [...text].length;
  const canSend = (text.trim() !== "" && left >= 0) || file !== null;

  const submit = () => {
    if (!canSend) return;
    if (file !== null) send({ file });
    if (text.trim() !== "") send({ text: text.trim() });
    setText("");
    setFile(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    submit();
  };

  return (
    <div className="border-t px-4 pt-3 pb-3 md:px-6">
      <div className="mx-auto flex max-w-3xl flex-col gap-2">
        {state.delayCode === null ? null : (
          <Notice tone="attention">{t.has(`delay.${state.delayCode}`) ? t(`delay.${state.delayCode}`) : t("delay.unknown")}</Notice>
        )}
        <div className="rounded-lg border border-line-strong bg-surface focus-within:border-ring focus-within:outline-2 focus-within:-outline-offset-1 focus-within:outline-ring">
          <textarea
            value={text}
            data-shortcut="reply"
            aria-label={t("label")}
            aria-invalid={left < 0 || undefined}
            placeholder={t("placeholder")}
            onChange={(event) => setText(event.currentTarget.value)}
            onKeyDown={onKeyDown}
            className="field-sizing-content block max-h-64 min-h-18 w-full resize-none bg-transparent px-3 py-2.5 text-base outline-hidden placeholder:text-ink-faint coarse:text-lg"
          />
          {file === null ? null : <FileChip file={file} onRemove={() => setFile(null)} />}
          <div className="flex items-center gap-2 px-2 pb-2">
            {rules.files.allowed ? <FileButton rules={rules.files} onChoose={setFile} /> : null}
            <Until state={state} />
            <span className="flex-1" />
            <span
              className={cn("tabular text-xs", left < 0 ? "font-medium text-failed-text" : left < 100 ? "text-attention-text" : "text-ink-faint")}
              aria-live="polite"
            >
              {left < 0 ? t("over", { count: -left }) : left < 200 ? t("left", { count: left }) : null}
            </span>
            <Button variant="primary" size="sm" disabled={!canSend} icon={<SendHorizontal />} onClick={submit}>
              {t("send")}
              <Kbd keys={["mod", "enter"]} className="hidden opacity-70 md:inline-flex" tone="inverse" />
            </Button>
          </div>
        </div>
      </div>
    </div>
  );
}

function Until({ state }: { readonly state: WriteStateView }) {
  const t = useTranslations("inbox.composer");
  const format = useFormatter();
  if (state.until === null) return null;
  const time = format.dateTime(state.until, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return <span className="truncate text-xs text-ink-faint">{t("until", { time })}</span>;
}

function FileButton({ rules, onChoose }: { readonly rules: WriteStateView["rules"]["files"]; readonly onChoose: (file: ChosenFile) => void }) {
  const t = useTranslations("inbox.composer");
  const input = useRef<HTMLInputElement>(null);
  const choose = async (event: ChangeEvent<HTMLInputElement>) => {
    const chosen = event.currentTarget.files?.[0];
    event.currentTarget.value = "";
    if (chosen === undefined) return;
    const result = await readFile(chosen, rules);
    if (result.ok) onChoose(result.file);
    else
      toast.failed(t(`file.${result.reason}`), {
        description: t("file.allowed", { megabytes: Math.floor(rules.maxBytes / 2 ** 20), types: rules.types.join(", ") }),
      });
  };
  return (
    <>
      <input ref={input} type="file" hidden accept={rules.types.join(",")} onChange={(event) => void choose(event)} />
      <IconButton size="sm" label={t("file.attach")} icon={<Paperclip />} onClick={() => input.current?.click()} />
    </>
  );
}

function FileChip({ file, onRemove }: { readonly file: ChosenFile; readonly onRemove: () => void }) {
  const t = useTranslations("inbox.composer");
  return (
    <span className="mx-2 mb-2 inline-flex max-w-full items-center gap-2 rounded-md border bg-sunken py-1 pr-1 pl-2.5 text-sm">
      <Paperclip className="size-3.5 shrink-0 text-ink-muted" />
      <span className="truncate">{file.name}</span>
      <IconButton size="sm" label={t("file.remove")} icon={<X />} onClick={onRemove} />
    </span>
  );
}
