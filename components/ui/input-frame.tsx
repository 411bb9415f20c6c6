import type { ReactNode } from "react";
import { cn } from "./class-names";
import { controlStyle } from "./control-style";

export interface InputLook {
  readonly className?: string | undefined;
  readonly size?: "sm" | "md" | "lg" | undefined;
  /** A small icon inside, at the start. */
  readonly leading?: ReactNode;
  /** A unit, a shortcut or a small button inside, at the end. */
  readonly trailing?: ReactNode;
}

const heights = { sm: "h-7 px-2 coarse:h-9", md: "h-8 px-2.5 coarse:h-10", lg: "h-10 px-3 coarse:h-11" } as const;

/** The classes of the box itself. */
export function inputStyle({ className, size = "md", leading, trailing }: InputLook): string {
  return cn(controlStyle, heights[size], leading !== undefined && "pl-8", trailing !== undefined && "pr-10", className);
}

/** What stands inside the box beside the text. */
export function InputFrame({ leading, trailing, children }: Pick<InputLook, "leading" | "trailing"> & { readonly children: ReactNode }) {
  if (leading === undefined && trailing === undefined) return children;
  return (
    <span className="relative flex w-full items-center">
      {leading === undefined ? null : <span className="pointer-events-none absolute left-2.5 text-ink-faint [&_svg]:size-4">{leading}</span>}
      {children}
      {trailing === undefined ? null : <span className="absolute right-1.5 flex items-center text-ink-faint">{trailing}</span>}
    </span>
  );
}
