"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/components/providers/trpc-provider";
import { type DecodedText, decodeText, type TextEncoding } from "@/lib/text-encoding";
import type { ImportField, ImportPreview, ImportTarget, ReadImportInput } from "@/server/sales/schema";

export interface ImportDraft {
  readonly fileName: string;
  readonly bytes: Uint8Array;
  readonly decoded: DecodedText;
  readonly target: ImportTarget;
  /** What the person chose otherwise than it was recognised. */
  readonly chosen: Pick<ReadImportInput, "separator" | "dateOrder" | "decimalMark" | "currency" | "columns">;
}

export const inputOf = ({ decoded, target, chosen }: ImportDraft): ReadImportInput => ({ text: decoded.text, target, ...chosen });

/** Changed what the columns are: what was said about them is about others. */
const columnsAnew = (draft: ImportDraft): ImportDraft => ({ ...draft, chosen: { ...draft.chosen, columns: {} } });

/** A file on its way in: every change of how it is read shows at once what it would bring. The preview of the latest change counts. */
export function useImportDraft() {
  const trpc = useTRPC();
  const [draft, setDraft] = useState<ImportDraft | null>(null);
  const [preview, setPreview] = useState<ImportPreview | null>(null);
  const [forgotten, setForgotten] = useState(0);
  const reading = useMutation(trpc.sales.imports.preview.mutationOptions());

  const look = (next: ImportDraft) => {
    setDraft(next);
    reading.mutate(inputOf(next), { onSuccess: setPreview, onError: () => setPreview(null) });
  };
  const change = (changed: (before: ImportDraft) => ImportDraft) => draft !== null && look(changed(draft));
  return {
    draft,
    preview,
    isReading: reading.isPending,
    failure: reading.error,
    /** How often a file was laid aside: what showed it begins anew. */
    forgotten,
    open: (fileName: string, bytes: Uint8Array) => {
      setPreview(null);
      look({ fileName, bytes, decoded: decodeText(bytes), target: draft?.target ?? { by: "columns" }, chosen: { columns: {} } });
    },
    forget: () => {
      setDraft(null);
      setPreview(null);
      setForgotten((times) => times + 1);
      reading.reset();
    },
    setEncoding: (encoding: TextEncoding) => change((before) => columnsAnew({ ...before, decoded: decodeText(before.bytes, encoding) })),
    setTarget: (target: ImportTarget, currency?: string) =>
      change((before) => ({ ...before, target, chosen: { ...before.chosen, currency: before.chosen.currency ?? currency } })),
    setChosen: (chosen: Partial<ImportDraft["chosen"]>) =>
      change((before) => {
        const next = { ...before, chosen: { ...before.chosen, ...chosen } };
        return chosen.separator === undefined ? next : columnsAnew(next);
      }),
    setColumn: (field: ImportField, at: number | null) =>
      change((before) => ({ ...before, chosen: { ...before.chosen, columns: { ...before.chosen.columns, [field]: at } } })),
  };
}

export type ImportDesk = ReturnType<typeof useImportDraft>;
