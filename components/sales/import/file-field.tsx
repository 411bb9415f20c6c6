"use client";

import { useFormatter, useTranslations } from "next-intl";
import { type ChangeEvent, useState } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
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
  const read = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.currentTarget.files?.[0];
    if (file === undefined) return;
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
      <Input
        key={desk.forgotten}
        type="file"
        accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain"
        className="py-1"
        onChange={(event) => void read(event)}
      />
    </Field>
  );
}
