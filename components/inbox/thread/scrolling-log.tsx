"use client";

import { ArrowDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";

export interface ScrollingLogProps {
  readonly hasOlder: boolean;
  readonly isFetchingOlder: boolean;
  readonly onOlder: () => void;
  readonly children: ReactNode;
}

const NEAR_END = 80;
const NEAR_START = 240;

/**
 * Stays at the newest line while one is there, whatever arrives or grows; leaves what is being read where it is when older lines
 * come above it.
 */
export function ScrollingLog({ hasOlder, isFetchingOlder, onOlder, children }: ScrollingLogProps) {
  const t = useTranslations("inbox");
  const word = useTranslations("thread");
  const box = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const pinned = useRef(true);
  const heightBefore = useRef<number | null>(null);
  const [isAway, setAway] = useState(false);

  useLayoutEffect(() => {
    const element = box.current;
    const inner = content.current;
    if (element === null || inner === null) return;
    pinned.current = true;
    element.scrollTop = element.scrollHeight;
    const observer = new ResizeObserver(() => {
      if (pinned.current) element.scrollTop = element.scrollHeight;
    });
    observer.observe(inner);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useEffect(() => {
    const element = box.current;
    if (element === null || isFetchingOlder || heightBefore.current === null) return;
    element.scrollTop += element.scrollHeight - heightBefore.current;
    heightBefore.current = null;
  }, [isFetchingOlder]);

  const onScroll = () => {
    const element = box.current;
    if (element === null) return;
    const fromEnd = element.scrollHeight - element.scrollTop - element.clientHeight;
    pinned.current = fromEnd < NEAR_END;
    setAway(fromEnd > element.clientHeight);
    if (element.scrollTop < NEAR_START && hasOlder && !isFetchingOlder) {
      heightBefore.current = element.scrollHeight;
      onOlder();
    }
  };
  const toEnd = () => {
    pinned.current = true;
    box.current?.scrollTo({ top: box.current.scrollHeight });
  };
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <div
        ref={box}
        onScroll={onScroll}
        role="log"
        aria-label={t("messages")}
        aria-live="polite"
        tabIndex={0}
        className="focus-inset min-h-0 flex-1 overflow-y-auto px-4 py-4 [overflow-anchor:none] md:px-6"
      >
        <div ref={content}>
          {isFetchingOlder ? <p className="pb-3 text-center text-sm text-ink-faint">{t("loadingOlder")}</p> : null}
          {children}
        </div>
      </div>
      {isAway ? (
        <Button size="sm" icon={<ArrowDown />} onClick={toEnd} className="absolute bottom-3 left-1/2 -translate-x-1/2 rounded-full shadow-raised">
          {word("toNewest")}
        </Button>
      ) : null}
    </div>
  );
}
