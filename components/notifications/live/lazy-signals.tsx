"use client";

import dynamic from "next/dynamic";

/** Nothing to draw, so nothing to wait for: the code comes after the first paint. */
export const NoticeSignals = dynamic(() => import("./notice-signals").then((module) => module.NoticeSignals), { ssr: false });
