"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { Field } from "@/components/ui/field";
import { FileInput } from "@/components/ui/file-input";
import { MOST_IMPORT_BYTES, MOST_IMPORT_LINES } from "@/server/sales/schema";
import type { ImportDesk } from "./use-import-draft";

type Refusal = "tooLarge" | "workbook" | "empty";

/** Workbooks are zip archives, and the old ones compound files, whatever their name says. */
function isWorkbook(bytes: Uint8Array): boolean {
  const [a, b] = bytes;
  return (a === 0x50 && b === 0x4b) || (a === 0xd0 && b === 0xcf);
}

export function FileField({ desk }: { readonly desk: ImportDesk }) {
  const t = useTranslations("sales-import.file");
  const format = useFormatter();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const refuse = (why: Refusal) => {
    setRefusal(why);
    desk.forget();
  };
  const read = async (file: File) => {
    if (file.size > MOST_IMPORT_BYTES) return refuse("tooLarge");
    const bytes = new Uint8Array(await file.arrayBuffer());
    if (isWorkbook(bytes)) return refuse("workbook");
    if (bytes.every((byte) => byte <= 0x20)) return refuse("empty");
    setRefusal(null);
    desk.open(file.name, bytes);
  };
  const megabytes = MOST_IMPORT_BYTES / 1_000_000;
  return (
    <Field
      label={t("label")}
      help={t("help", { megabytes, lines: format.number(MOST_IMPORT_LINES) })}
      error={refusal === null ? undefined : t(`refused.${refusal}`, { megabytes })}
      className="max-w-2xl"
    >
      <FileInput key={desk.forgotten} accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain" onChoose={(file) => void read(file)} />
    </Field>
  );
}
