"use client";

import { useSyncExternalStore } from "react";
import { cn } from "./class-names";

const never = () => () => undefined;
const isApple = () => /mac|iphone|ipad/i.test(navigator.platform);

const symbols: Readonly<Record<string, string>> = {
  shift: "⇧",
  enter: "↵",
  escape: "Esc",
  up: "↑",
  down: "↓",
  left: "←",
  right: "→",
  backspace: "⌫",
  space: "␣",
};

function label(key: string, apple: boolean): string {
  if (key === "mod") return apple ? "⌘" : "Ctrl";
  return symbols[key] ?? (key.length === 1 ? key.toUpperCase() : key);
}

/** Keys as caps: `["mod", "k"]` pressed together, `["g", "i"]` one after the other. `mod` is ⌘ on Apple machines and Ctrl elsewhere. */
export function Kbd({
  keys,
  tone = "plain",
  className,
}: {
  readonly keys: readonly string[];
  readonly tone?: "plain" | "inverse" | undefined;
  readonly className?: string | undefined;
}) {
  const apple = useSyncExternalStore(never, isApple, () => false);
  return (
    <span className={cn("inline-flex items-center gap-0.5", className)}>
      {keys.map((key, index) => (
        <kbd
          key={`${index} ${key}`}
          className={cn(
            "inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-sm px-1 font-sans text-[0.6875rem] leading-none font-medium",
            tone === "plain" ? "border border-line bg-sunken text-ink-muted" : "bg-canvas/15 text-canvas",
          )}
        >
          {label(key, apple)}
        </kbd>
      ))}
    </span>
  );
}
