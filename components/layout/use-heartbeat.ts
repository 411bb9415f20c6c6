"use client";

import { useMutation } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTRPC } from "../providers/trpc-provider";

/** The server takes five minutes of silence for absence. */
const EVERY_MS = 60_000;

/** Says that this person is here, so that new conversations may come to them. A beat that is lost is made good by the next. */
export function useHeartbeat(enabled: boolean): void {
  const trpc = useTRPC();
  const { mutate } = useMutation(trpc.inbox.people.heartbeat.mutationOptions({ retry: false }));
  useEffect(() => {
    if (!enabled) return;
    mutate();
    const timer = setInterval(() => mutate(), EVERY_MS);
    return () => clearInterval(timer);
  }, [enabled, mutate]);
}
