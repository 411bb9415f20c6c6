"use client";

import { ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { IMPORT_FIELDS, type ImportField, type ImportPreview } from "@/server/sales/schema";
import type { ImportDesk, ImportDraft } from "./use-import-draft";

const NONE = "none";
const PLACES: readonly ImportField[] = ["marketplace", "organization", "connection"];
const NEEDED: readonly ImportField[] = ["date", "revenue"];

interface Props {
  readonly desk: ImportDesk;
  readonly draft: ImportDraft;
  readonly preview: ImportPreview;
}

/** Which column of the file each field is; folded away while all that is needed was recognised. */
export function ColumnFields({ desk, draft, preview }: Props) {
  const t = useTranslations("sales-import.columns");
  const [isOpen, setOpen] = useState(() => NEEDED.some((field) => preview.missing.includes(field)));
  const fields = IMPORT_FIELDS.filter((field) => draft.target.by === "columns" || !PLACES.includes(field));
  const used = new Set(fields.map((field) => preview.columns[field]));
  const unused = preview.headings.flatMap(({ name }, at) => (used.has(at) || name === "" ? [] : [name]));
  const options = [
    { value: NONE, label: t("none") },
    ...preview.headings.map(({ name, sample }, at) => ({
      value: String(at),
      label: name === "" ? t("unnamed", { number: at + 1 }) : name,
      hint: sample === "" ? t("empty") : sample,
    })),
  ];
  return (
    <details className="group border-t pt-4" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="flex cursor-pointer list-none items-start gap-2 rounded-sm [&::-webkit-details-marker]:hidden">
        <ChevronRight className="mt-0.5 size-4 shrink-0 text-ink-muted transition-transform group-open:rotate-90" aria-hidden="true" />
        <span>
          <span className="block text-base font-semibold">{t("title")}</span>
          <span className="block text-sm text-ink-muted">{unused.length === 0 ? t("allUsed") : t("unused", { names: unused.join(", ") })}</span>
        </span>
      </summary>
      <div className="mt-3 grid gap-x-4 gap-y-3 sm:grid-cols-2 lg:grid-cols-4">
        {fields.map((field) => (
          <Field
            key={field}
            label={t(`fields.${field}`)}
            note={NEEDED.includes(field) ? t("needed") : undefined}
            error={NEEDED.includes(field) && preview.missing.includes(field) ? t("missing") : undefined}
          >
            <Select
              value={preview.columns[field] === null ? NONE : String(preview.columns[field])}
              onValueChange={(value) => desk.setColumn(field, value === NONE ? null : Number(value))}
              options={options}
            />
          </Field>
        ))}
      </div>
    </details>
  );
}
