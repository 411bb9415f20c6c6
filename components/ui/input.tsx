"use client";

import { Input as BaseInput } from "@base-ui/react/input";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./class-names";
import { controlStyle } from "./control-style";

export interface InputProps extends Omit<ComponentProps<typeof BaseInput>, "className" | "size"> {
  readonly className?: string | undefined;
  readonly size?: "sm" | "md" | "lg" | undefined;
  /** A small icon inside, at the start. */
  readonly leading?: ReactNode;
  /** A unit, a shortcut or a small button inside, at the end. */
  readonly trailing?: ReactNode;
}

const heights = { sm: "h-7 px-2 coarse:h-9", md: "h-8 px-2.5 coarse:h-10", lg: "h-10 px-3 coarse:h-11" } as const;

export function Input({ className, size = "md", leading, trailing, ...rest }: InputProps) {
  const box = (
    <BaseInput {...rest} className={cn(controlStyle, heights[size], leading !== undefined && "pl-8", trailing !== undefined && "pr-10", className)} />
  );
  if (leading === undefined && trailing === undefined) return box;
  return (
    <span className="relative flex w-full items-center">
      {leading === undefined ? null : <span className="pointer-events-none absolute left-2.5 text-ink-faint [&_svg]:size-4">{leading}</span>}
      {box}
      {trailing === undefined ? null : <span className="absolute right-1.5 flex items-center text-ink-faint">{trailing}</span>}
    </span>
  );
}
