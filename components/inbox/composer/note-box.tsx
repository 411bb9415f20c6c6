"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { AtSign, NotebookPen } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { useKeys } from "@/components/layout/shortcut-map";
import { useShortcut } from "@/components/layout/use-shortcut";
import { useTRPC } from "@/components/providers/trpc-provider";
import { useErrorText } from "@/components/providers/use-error-text";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Kbd } from "@/components/ui/kbd";
import { toast } from "@/components/ui/toast";
import { useNames } from "../thread/use-names";
import { useDraftText } from "./draft-texts";
import { mentionedIds } from "./mentions";
import { type Suggestion, WritingBox } from "./writing-box";

const OFFERED = 6;
const LONGEST = 10_000;

export interface NoteBoxProps {
  readonly conversationId: string;
  readonly onTyping: () => void;
}

/** A note for the team: another ground, another button, so that nobody sends it by mistake. */
export function NoteBox({ conversationId, onTyping }: NoteBoxProps) {
  const t = useTranslations("thread.composer");
  const box = useRef<HTMLDivElement>(null);
  const keys = useKeys("inbox.send");
  const [text, setText] = useDraftText(conversationId, "note");
  const { people } = useNames();
  const { suggestions, setQuery } = useMentions();
  const { add, isPending } = useAddNote(conversationId, () => setText(""));
  const words = text.trim();
  const canAdd = words !== "" && words.length <= LONGEST && !isPending;
  const submit = () => {
    if (canAdd) add({ conversationId, text: words, mentionIds: mentionedIds(words, people) });
  };
  useShortcut("inbox.send", () => {
    if (box.current?.contains(document.activeElement)) submit();
  });
  return (
    <div
      ref={box}
      className="@container rounded-lg rounded-tl-none border border-attention/45 bg-attention-soft focus-within:outline-2 focus-within:-outline-offset-1 focus-within:outline-ring"
    >
      <WritingBox
        value={text}
        onChange={(next) => {
          setText(next);
          onTyping();
        }}
        label={t("noteLabel")}
        placeholder={t("notePlaceholder")}
        invalid={words.length > LONGEST}
        shortcut="note"
        marks={[]}
        sign="@"
        suggestions={suggestions}
        suggestionsLabel={t("people")}
        onQuery={setQuery}
      />
      <div className="flex items-center gap-2 px-2 pb-2">
        <IconButton
          size="sm"
          label={t("mention")}
          icon={<AtSign />}
          onClick={() => setText((before) => (before === "" || before.endsWith(" ") ? `${before}@` : `${before} @`))}
        />
        <span className="min-w-0 flex-1 truncate text-xs text-attention-text">{t("noteHint")}</span>
        <Button size="sm" disabled={!canAdd} pending={isPending} icon={<NotebookPen />} onClick={submit}>
          {t("addNote")}
          <Kbd keys={keys} className="hidden @md:inline-flex" />
        </Button>
      </div>
    </div>
  );
}

function useAddNote(conversationId: string, onAdded: () => void) {
  const t = useTranslations("thread.note");
  const trpc = useTRPC();
  const client = useQueryClient();
  const errorText = useErrorText();
  const { mutate, isPending } = useMutation(
    trpc.inbox.notes.add.mutationOptions({
      onSuccess: () => {
        onAdded();
        return client.invalidateQueries(trpc.inbox.notes.list.queryFilter({ conversationId }));
      },
      onError: (error) => void toast.failed(t("failed"), { description: errorText(error).text }),
    }),
  );
  return { add: mutate, isPending };
}

function useMentions(): { readonly suggestions: readonly Suggestion[]; readonly setQuery: (query: string | null) => void } {
  const { people } = useNames();
  const [query, setQuery] = useState<string | null>(null);
  const words = query?.toLocaleLowerCase() ?? "";
  const suggestions =
    query === null
      ? []
      : people
          .filter(({ name, isYou }) => !isYou && name.toLocaleLowerCase().includes(words))
          .slice(0, OFFERED)
          .map(({ userId, name }) => ({ id: userId, label: name, icon: <Avatar name={name} size="xs" />, insert: `@${name} ` }));
  return { suggestions, setQuery };
}
