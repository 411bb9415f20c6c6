"use client";

import { Input as BaseInput } from "@base-ui/react/input";
import { Upload } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { cn } from "./class-names";
import { controlStyle } from "./control-style";

export interface FileInputProps {
  /** Endings and types, as in the HTML attribute. */
  readonly accept: string;
  /** A choice that is called off is none. */
  readonly onChoose: (file: File) => void;
}

/** One file. The browser's own control lies unseen over the face: it speaks the browser's language, which need not be the reader's. */
export function FileInput({ accept, onChoose }: FileInputProps) {
  const t = useTranslations("common");
  const [name, setName] = useState<string>();
  return (
    <span className="relative block">
      <BaseInput
        type="file"
        accept={accept}
        className="peer absolute inset-0 size-full cursor-pointer opacity-0"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          if (file === undefined) return;
          setName(file.name);
          onChoose(file);
        }}
      />
      <span
        aria-hidden="true"
        className={cn(
          controlStyle,
          "flex h-10 items-center gap-3 px-1.5 peer-hover:border-control coarse:h-12",
          "peer-focus-visible:border-ring peer-focus-visible:outline-2 peer-focus-visible:-outline-offset-1 peer-focus-visible:outline-ring",
        )}
      >
        <span className="flex h-7 shrink-0 items-center gap-1.5 rounded-sm border border-line-strong bg-raised px-2.5 text-sm font-medium [&_svg]:size-4">
          <Upload />
          {t("chooseFile")}
        </span>
        <span className={cn("min-w-0 truncate", name === undefined && "text-ink-muted")}>{name ?? t("noFile")}</span>
      </span>
    </span>
  );
}
