"use client";

import { type QueryFilters, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { toast } from "../ui/toast";

/** What follows a save from a form: it is said, the form goes, and what shows it reads anew. For the options of a mutation. */
export function useSaved(filter: QueryFilters, onDone: () => void): { readonly onSuccess: () => Promise<void> } {
  const common = useTranslations("common");
  const client = useQueryClient();
  return {
    onSuccess: () => {
      toast.done(common("saved"));
      onDone();
      return client.invalidateQueries(filter);
    },
  };
}
