"use client";

import dynamic from "next/dynamic";
import { useSettled } from "@/components/ui/late/use-settled";

const Signals = dynamic(() => import("./notice-signals").then((module) => module.NoticeSignals), { ssr: false });

/** Nothing to draw, so nothing to wait for: the code comes after the page stands. */
export function NoticeSignals() {
  return useSettled() ? <Signals /> : null;
}
