"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useTRPC } from "@/components/providers/trpc-provider";
import { useErrorText } from "@/components/providers/use-error-text";
import { toast } from "@/components/ui/toast";

/** What every change here does afterwards: everything shown of the catalog is read again; a failure is told in words. */
export function useCatalogChange() {
  const trpc = useTRPC();
  const client = useQueryClient();
  const errorText = useErrorText();
  const onSuccess = useCallback(() => client.invalidateQueries(trpc.catalog.pathFilter()), [client, trpc]);
  const onError = useCallback((error: unknown) => void toast.failed(errorText(error).text), [errorText]);
  return { onSuccess, onError };
}
