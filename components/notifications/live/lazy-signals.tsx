"use client";

import dynamic from "next/dynamic";
import { fetchCode } from "@/components/ui/late/fetch-code";
import { useSettled } from "@/components/ui/late/use-settled";

const Signals = dynamic(() => fetchCode(() => import("./notice-signals")).then((module) => module.NoticeSignals), { ssr: false });

/** Draws nothing, so nothing of it comes before the page stands. */
export function NoticeSignals() {
  return useSettled() ? <Signals /> : null;
}
