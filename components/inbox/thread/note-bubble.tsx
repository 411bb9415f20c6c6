"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Lock, Pencil, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { Fragment, type KeyboardEvent, useState } from "react";
import { useOfferUndo } from "@/components/layout/undo";
import { useTRPC } from "@/components/providers/trpc-provider";
import { useErrorText } from "@/components/providers/use-error-text";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { DateTime } from "@/components/ui/date-time";
import { IconButton } from "@/components/ui/icon-button";
import { toast } from "@/components/ui/toast";
import type { Note } from "@/server/inbox/team/schema";
import { mentionPieces } from "../composer/mentions";

function useNoteChanges(note: Note) {
  const t = useTranslations("thread.note");
  const trpc = useTRPC();
  const client = useQueryClient();
  const errorText = useErrorText();
  const offerUndo = useOfferUndo();
  const filter = trpc.inbox.notes.list.queryFilter();
  const options = {
    onSuccess: () => void client.invalidateQueries(filter),
    onError: (error: unknown) => void toast.failed(t("failed"), { description: errorText(error).text }),
  };
  const edit = useMutation(trpc.inbox.notes.edit.mutationOptions(options));
  const remove = useMutation(trpc.inbox.notes.remove.mutationOptions(options));
  const add = useMutation(trpc.inbox.notes.add.mutationOptions(options));
  const { conversationId, text, mentions } = note;
  return {
    save: (next: string) =>
      edit.mutate({ noteId: note.id, text: next, mentionIds: mentions.filter(({ name }) => next.includes(`@${name}`)).map(({ id }) => id) }),
    remove: () =>
      remove.mutate(
        { noteId: note.id },
        {
          // It comes back as a new note; whoever was mentioned knows of it already.
          onSuccess: () => offerUndo(t("removed"), { undo: () => add.mutate({ conversationId, text, mentionIds: [] }) }),
        },
      ),
  };
}

/** Words for the team alone: another ground and a lock, so that nobody takes them for an answer. */
export function NoteBubble({ note }: { readonly note: Note }) {
  const t = useTranslations("thread.note");
  const { save, remove } = useNoteChanges(note);
  const [editing, setEditing] = useState(false);
  return (
    <li className="group flex flex-col items-end pt-3">
      <div className="w-full max-w-[85%] rounded-xl border border-attention/35 bg-attention-soft px-3.5 py-2.5 md:max-w-[34rem]">
        <p className="mb-1 flex items-center gap-1.5 text-xs text-attention-text">
          <Avatar name={note.author.name} size="xs" />
          <span className="min-w-0 truncate font-medium">{note.author.name}</span>
          <Lock className="size-3 shrink-0" aria-hidden="true" />
          <span className="shrink-0">{t("private")}</span>
          <span className="flex-1" />
          {note.isYours && !editing ? (
            <span className="-my-1 -mr-1.5 flex opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 coarse:opacity-100">
              <IconButton size="sm" label={t("edit")} icon={<Pencil />} onClick={() => setEditing(true)} />
              <IconButton size="sm" label={t("remove")} icon={<Trash2 />} onClick={remove} />
            </span>
          ) : null}
        </p>
        {editing ? (
          <NoteEditor
            text={note.text}
            onDone={(next) => {
              setEditing(false);
              if (next !== null && next !== note.text) save(next);
            }}
          />
        ) : (
          <p className="text-base break-words whitespace-pre-wrap">
            {mentionPieces(
              note.text,
              note.mentions.map(({ name }) => name),
            ).map((piece, index) => (
              <Fragment key={`${index}-${piece.text}`}>
                {piece.isMention ? <mark className="rounded-sm bg-attention/25 px-0.5 font-medium text-ink">{piece.text}</mark> : piece.text}
              </Fragment>
            ))}
          </p>
        )}
      </div>
      <p className="mt-1 px-1 text-xs text-ink-faint">
        <DateTime value={note.createdAt} parts="time" className="tabular" />
        {note.editedAt === null ? null : ` · ${t("edited")}`}
      </p>
    </li>
  );
}

function NoteEditor({ text, onDone }: { readonly text: string; readonly onDone: (text: string | null) => void }) {
  const t = useTranslations("thread.note");
  const common = useTranslations("common");
  const [draft, setDraft] = useState(text);
  const save = () => (draft.trim() === "" ? undefined : onDone(draft.trim()));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      onDone(null);
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      event.stopPropagation();
      save();
    }
  };
  return (
    <div className="flex flex-col gap-2">
      <textarea
        ref={(element) => element?.focus()}
        value={draft}
        aria-label={t("edit")}
        maxLength={10_000}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        className="field-sizing-content min-h-16 w-full resize-none rounded-md border border-line-strong bg-surface px-2.5 py-2 text-base"
      />
      <span className="flex justify-end gap-2">
        <Button size="sm" onClick={() => onDone(null)}>
          {common("cancel")}
        </Button>
        <Button size="sm" variant="primary" disabled={draft.trim() === ""} onClick={save}>
          {common("save")}
        </Button>
      </span>
    </div>
  );
}
