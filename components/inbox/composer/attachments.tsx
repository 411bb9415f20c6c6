"use client";

import { Paperclip, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ChangeEvent, useRef } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { toast } from "@/components/ui/toast";
import type { WriteStateView } from "@/server/inbox/schema";
import { type ChosenFile, readFile } from "./read-file";

type FileRules = WriteStateView["rules"]["files"];

/** Each goes out as a message of its own, so a handful is enough. */
const MOST_FILES = 5;

/** Reads chosen, pasted or dropped files; what the channel does not take stays here and is named. */
export function useFileReader(
  rules: FileRules,
  files: readonly ChosenFile[],
  setFiles: (change: (before: readonly ChosenFile[]) => readonly ChosenFile[]) => void,
) {
  const t = useTranslations("inbox.composer");
  const word = useTranslations("thread.composer");
  return async (chosen: readonly File[]) => {
    if (!rules.allowed) {
      toast.failed(word("noFiles"));
      return;
    }
    if (files.length + chosen.length > MOST_FILES) toast.info(word("tooManyFiles", { most: MOST_FILES }));
    for (const file of chosen.slice(0, MOST_FILES - files.length)) {
      const result = await readFile(file, rules);
      if (result.ok) setFiles((before) => [...before, result.file]);
      else {
        toast.failed(t(`file.${result.reason}`), {
          description: t("file.allowed", { megabytes: Math.floor(rules.maxBytes / 2 ** 20), types: rules.types.join(", ") }),
        });
      }
    }
  };
}

export function FileButton({ rules, onChoose }: { readonly rules: FileRules; readonly onChoose: (files: readonly File[]) => void }) {
  const t = useTranslations("inbox.composer");
  const input = useRef<HTMLInputElement>(null);
  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    const chosen = [...(event.currentTarget.files ?? [])];
    event.currentTarget.value = "";
    onChoose(chosen);
  };
  return (
    <>
      <input ref={input} type="file" hidden multiple accept={rules.types.join(",")} onChange={choose} />
      <IconButton size="sm" label={t("file.attach")} icon={<Paperclip />} onClick={() => input.current?.click()} />
    </>
  );
}

export function FileChips({ files, onRemove }: { readonly files: readonly ChosenFile[]; readonly onRemove: (file: ChosenFile) => void }) {
  const t = useTranslations("inbox.composer");
  if (files.length === 0) return null;
  return (
    <ul className="flex flex-wrap gap-1.5 px-2 pb-2">
      {files.map((file, index) => (
        <li key={`${index}-${file.name}`} className="flex max-w-60 items-center gap-1.5 rounded-md border bg-sunken py-0.5 pr-0.5 pl-2 text-sm">
          <Paperclip className="size-3.5 shrink-0 text-ink-muted" aria-hidden="true" />
          <span className="truncate">{file.name}</span>
          <IconButton size="sm" label={t("file.remove")} icon={<X />} onClick={() => onRemove(file)} />
        </li>
      ))}
    </ul>
  );
}
