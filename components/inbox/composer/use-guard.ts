"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { useTRPC } from "@/components/providers/trpc-provider";
import type { Finding } from "@/server/moderation/schema";

const SETTLED_MS = 350;
/** What fits into the address of a request; a longer text is looked at when it is sent. */
const LONGEST_ADDRESS = 5_000;
const NOTHING: readonly Finding[] = [];

export interface GuardState {
  /** What would be stopped, where it still stands in the text. */
  readonly findings: readonly Finding[];
  /** The same words without it; null while it is not known. */
  readonly clean: string | null;
}

function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

/** Asks the moderation guard about a text while it is written. The outbox asks again; this only saves the way there and back. */
export function useGuard(text: string): GuardState {
  const trpc = useTRPC();
  const settled = useSettled(text);
  const fits = settled.trim() !== "" && encodeURIComponent(settled).length <= LONGEST_ADDRESS;
  const { data } = useQuery(
    trpc.moderation.screen.queryOptions(
      { text: settled },
      { enabled: fits, staleTime: Number.POSITIVE_INFINITY, placeholderData: keepPreviousData, retry: false },
    ),
  );
  return useMemo(() => {
    if (!fits || data === undefined || text.trim() === "") return { findings: NOTHING, clean: null };
    const findings = data.findings.filter(({ start, end, matched }) => end > start && text.slice(start, end) === matched);
    return { findings, clean: findings.length > 0 && text === settled ? data.clean : null };
  }, [data, fits, text, settled]);
}
