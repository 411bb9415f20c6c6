"use client";

import { Field as BaseField } from "@base-ui/react/field";
import type { ComponentProps } from "react";
import { cn } from "./class-names";
import { controlStyle } from "./control-style";

export interface TextareaProps extends Omit<ComponentProps<"textarea">, "className" | "defaultValue" | "value"> {
  readonly className?: string | undefined;
  readonly value?: string | undefined;
  readonly defaultValue?: string | undefined;
}

/** Grows with its text up to `max-h-*` of the class given. */
export function Textarea({ className, value, defaultValue, ...rest }: TextareaProps) {
  const text = { ...(value === undefined ? {} : { value }), ...(defaultValue === undefined ? {} : { defaultValue }) };
  return (
    <BaseField.Control
      {...text}
      render={<textarea {...rest} className={cn(controlStyle, "field-sizing-content min-h-20 resize-y px-2.5 py-1.5", className)} />}
    />
  );
}
