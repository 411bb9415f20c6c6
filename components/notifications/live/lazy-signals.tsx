"use client";

import dynamic from "next/dynamic";
import { fetchCode } from "@/components/ui/late/fetch-code";

/** Nothing to draw, so nothing to wait for: the code comes after the first paint. */
export const NoticeSignals = dynamic(() => fetchCode(() => import("./notice-signals")).then((module) => module.NoticeSignals), { ssr: false });
