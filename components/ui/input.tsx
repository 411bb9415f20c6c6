"use client";

import { Input as BaseInput } from "@base-ui/react/input";
import type { ComponentProps } from "react";
import { InputFrame, type InputLook, inputStyle } from "./input-frame";

export interface InputProps extends Omit<ComponentProps<typeof BaseInput>, "className" | "size">, InputLook {}

/** A box to type in; inside a Field it is tied to the field's label, help and error. */
export function Input({ className, size, leading, trailing, ...rest }: InputProps) {
  return (
    <InputFrame leading={leading} trailing={trailing}>
      <BaseInput {...rest} className={inputStyle({ className, size, leading, trailing })} />
    </InputFrame>
  );
}
