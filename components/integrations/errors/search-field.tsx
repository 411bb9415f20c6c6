"use client";

import { Search } from "lucide-react";
import { Input } from "@/components/ui/input";

/** The small search above a list. */
export function SearchField({ value, label, onChange }: { readonly value: string; readonly label: string; readonly onChange: (value: string) => void }) {
  return (
    <Input
      size="sm"
      type="search"
      className="max-w-72"
      leading={<Search />}
      value={value}
      placeholder={label}
      aria-label={label}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
