"use client";

import { Search } from "lucide-react";
import type { ReactNode } from "react";
import { InputFrame, inputStyle } from "./input-frame";

export interface SearchInputProps {
  /** Name and placeholder. */
  readonly label: string;
  readonly value: string;
  readonly onValueChange: (value: string) => void;
  readonly size?: "sm" | "md" | undefined;
  readonly className?: string | undefined;
  readonly trailing?: ReactNode;
  /** The page's own search, which the shortcut goes to. */
  readonly isMain?: boolean | undefined;
}

/** The box one searches a list with. It is never a field of a form, so it is a plain input and costs a first page nothing. */
export function SearchInput({ label, value, onValueChange, size = "sm", className, trailing, isMain = false }: SearchInputProps) {
  const leading = <Search />;
  return (
    <InputFrame leading={leading} trailing={trailing}>
      <input
        type="search"
        value={value}
        placeholder={label}
        aria-label={label}
        data-shortcut={isMain ? "search" : undefined}
        onChange={(event) => onValueChange(event.currentTarget.value)}
        className={inputStyle({ className, size, leading, trailing })}
      />
    </InputFrame>
  );
}
