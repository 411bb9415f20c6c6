"use client";

import { parseAsStringLiteral, useQueryState } from "nuqs";
import { type TransportKind, transportKindSchema } from "@/server/notifications/schema";

/** Which transport's form is open: in the address, so that other pages can lead straight to it. One at a time. */
export function useEditedTransport(kind: TransportKind): { readonly isEditing: boolean; readonly edit: () => void; readonly finish: () => void } {
  const [edited, setEdited] = useQueryState("edit", parseAsStringLiteral(transportKindSchema.options));
  return { isEditing: edited === kind, edit: () => void setEdited(kind), finish: () => void setEdited(null) };
}
