"use client";

import type { ReactNode } from "react";
import { Button, type ButtonProps } from "./button";
import { cn } from "./class-names";
import { Tooltip } from "./tooltip";

const sizes = { sm: "w-7 coarse:w-9", md: "w-8 coarse:w-10", lg: "w-10 coarse:w-11" } as const;

export interface IconButtonProps extends Omit<ButtonProps, "children" | "aria-label" | "icon"> {
  /** Said by screen readers and shown on hover. */
  readonly label: string;
  readonly icon: ReactNode;
  /** Shortcut shown beside the label, e.g. `["E"]`. */
  readonly keys?: readonly string[] | undefined;
}

export function IconButton({ label, icon, keys, size, variant = "ghost", className, ...rest }: IconButtonProps) {
  return (
    <Tooltip content={label} keys={keys}>
      <Button {...rest} aria-label={label} size={size} variant={variant} className={cn("px-0", sizes[size ?? "md"], className)}>
        {icon}
      </Button>
    </Tooltip>
  );
}
