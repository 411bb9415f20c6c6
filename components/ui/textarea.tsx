"use client";

import { Field as BaseField } from "@base-ui/react/field";
import type { ComponentProps } from "react";
import { cn } from "./class-names";
import { controlStyle } from "./control-style";

export interface TextareaProps extends Omit<ComponentProps<"textarea">, "className" | "defaultValue"> {
  readonly className?: string | undefined;
}

/** Several lines; grows with what is written, up to the height its class allows. */
export function Textarea({ className, ...rest }: TextareaProps) {
  return <BaseField.Control render={<textarea {...rest} className={cn(controlStyle, "field-sizing-content min-h-24 resize-y px-2.5 py-1.5", className)} />} />;
}
